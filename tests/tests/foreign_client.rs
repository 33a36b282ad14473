//! Another implementation of gRPC can use the service with nothing but its address.

use std::path::Path;
use std::process::Command;

use ducha_tests::python::python;
use ducha_tests::{Backend, INSPECTION, Seed, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_python_client_lists_pages_exports_and_gets_through_reflection() {
    let python = python();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let app = TestApp::with(backend, |settings| settings.reflection = true).await;
        let all: Vec<String> = (0..7).map(|at| format!("X{at}")).collect();
        app.import(Seed::of_petitions("520102", all.clone())).await;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign/client.py");
        let mut command = Command::new(&python);
        command.arg(script).arg(app.address.to_string()).arg(INSPECTION);
        let output = tokio::task::spawn_blocking(move || command.output())
            .await
            .unwrap()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(said["pages"], serde_json::json!([3, 3, 1]), "{said}");
        assert_eq!(said["listed"], serde_json::json!(all), "{said}");
        assert_eq!(said["exported"], serde_json::json!(all), "{said}");
        assert_eq!(said["complaint"], "河道排放污水");
        assert_eq!(
            said["missing"],
            serde_json::json!(["NOT_FOUND", "PETITION_NOT_FOUND", "没有信访件“X404”"])
        );
        assert_eq!(said["health"], "SERVING");
    }
}
