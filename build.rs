//! Compiles the contract in `proto/` and does nothing else.
//!
//! protox reads the `.proto` files in pure Rust, so no `protoc` has to be installed. Two things go to `OUT_DIR`: the
//! generated messages, clients and servers, and the descriptor set that `FILE_DESCRIPTOR_SET` includes.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

/// Root of the contract, the folder that `import` lines start from.
const ROOT: &str = "proto";
/// The one package of the contract, below [`ROOT`].
const PACKAGE: &str = "proto/ducha/v1";

fn main() -> Result<(), Box<dyn Error>> {
    // tonic-prost-build prints none of these, and without any Cargo watches the whole package. The folder stands for
    // every file in it, also for one that is added later.
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={PACKAGE}");

    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut compiler = protox::Compiler::new([ROOT])?;
    compiler
        .include_imports(true)
        .include_source_info(true)
        .open_files(proto_files(Path::new(PACKAGE))?)?;
    fs::write(out.join("ducha.bin"), compiler.encode_file_descriptor_set())?;

    tonic_prost_build::configure()
        .build_client(true)
        .build_server(true)
        // An ordered map encodes to the same bytes each time.
        .btree_map(".ducha.v1")
        .out_dir(out)
        .compile_fds(compiler.file_descriptor_set())?;
    Ok(())
}

/// The `.proto` files of a folder by name, so that the descriptor set comes out the same on every machine.
fn proto_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "proto") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
