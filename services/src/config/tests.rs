use std::collections::HashMap;

use super::*;

fn load(flags: Flags, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let variables: HashMap<_, _> = variables.iter().copied().collect();
    Config::load(flags, &|name| variables.get(name).map(OsString::from))
}

fn file(text: &str) -> (tempfile::TempDir, Flags) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ducha.toml");
    std::fs::write(&path, text).unwrap();
    let flags = Flags {
        config: Some(path),
        ..Flags::default()
    };
    (folder, flags)
}

#[test]
fn flags_go_over_variables_over_the_file_over_defaults() {
    let (_folder, mut flags) = file(
        "database = 'sqlite://file.db'\nlog = 'json'\n[server]\nlisten = '127.0.0.1:1'\npool_size = 3\n[worker]\nthreads = 4\n",
    );
    flags.listen = Some(SocketAddr::from(([127, 0, 0, 1], 2)));
    let config = load(flags, &[("DUCHA_POOL_SIZE", "5"), ("DUCHA_LISTEN", "127.0.0.1:3")]).unwrap();
    assert_eq!(config.listen.value.port(), 2);
    assert_eq!(config.listen.origin, Origin::Flag("--listen"));
    assert_eq!(config.pool_size.value, 5);
    assert_eq!(config.pool_size.origin, Origin::Variable("DUCHA_POOL_SIZE"));
    assert_eq!(config.database.value, "sqlite://file.db");
    assert!(matches!(config.database.origin, Origin::File(_)));
    assert_eq!(
        (config.grace_seconds.value, config.grace_seconds.origin),
        (10, Origin::Default)
    );
}

#[test]
fn an_unknown_key_is_refused_with_its_line_and_column() {
    let (_folder, flags) = file("database = 'sqlite://x.db'\n[server]\n  lisen = '127.0.0.1:1'\n");
    let refused = load(flags, &[]).unwrap_err().to_string();
    assert!(
        refused.contains("line 3, column 3") && refused.contains("`lisen`"),
        "{refused}"
    );
    assert!(refused.contains("listen"), "the known keys are named: {refused}");
}

#[test]
fn the_owner_of_the_tables_has_a_url_of_its_own() {
    let (_folder, flags) =
        file("[database]\nurl = 'postgres://server@db/ducha'\nmigrate_url = 'postgres://owner@db/ducha'\n");
    let config = load(flags.clone(), &[("DUCHA_LOCK_TIMEOUT_SECONDS", "7")]).unwrap();
    assert_eq!(config.database.value, "postgres://server@db/ducha");
    assert_eq!(config.migrate_database.value, "postgres://owner@db/ducha");
    let login = config.settings().unwrap().database;
    assert!(!login.allow_owner);
    assert_eq!(login.limits.unwrap().lock, Some(Duration::from_secs(7)));

    let named = Flags {
        database: Some("sqlite://x.db".to_owned()),
        ..flags
    };
    assert_eq!(load(named, &[]).unwrap().migrate_database.value, "sqlite://x.db");
    let one = load(Flags::default(), &[("DUCHA_DATABASE", "sqlite://y.db")]).unwrap();
    assert_eq!(one.migrate_database.value, "sqlite://y.db");
}

#[test]
fn a_value_without_a_meaning_is_refused_where_it_stands() {
    for (name, value, wanted) in [
        ("DUCHA_REFLECTION", "yes", "true or false"),
        ("DUCHA_POOL_SIZE", "0", "1 to 65535"),
        ("DUCHA_LISTEN", "localhost", "127.0.0.1:50051"),
        ("DUCHA_LOG", "xml", "human or json"),
    ] {
        let refused = load(Flags::default(), &[(name, value)]).unwrap_err().to_string();
        assert!(refused.contains(name) && refused.contains(wanted), "{refused}");
    }
}

#[test]
fn a_named_file_must_be_there() {
    let flags = Flags {
        config: Some("no-such-file.toml".into()),
        ..Flags::default()
    };
    assert!(load(flags, &[]).unwrap_err().to_string().contains("no-such-file.toml"));
}

#[test]
fn a_password_is_never_shown() {
    for (url, shown) in [
        ("sqlite://ducha.db", "sqlite://ducha.db"),
        ("postgres://user:se:cr@t@host/db", "postgres://user:***@host/db"),
        ("postgres://user@host/db", "postgres://user@host/db"),
        (
            "postgres://host/db?user=u&password=s",
            "postgres://host/db?user=u&password=***",
        ),
    ] {
        assert_eq!(masked(url), shown);
    }
    let config = load(Flags::default(), &[("DUCHA_DATABASE", "postgres://u:secret@h/d")]).unwrap();
    let shown = config.to_toml(true);
    assert!(
        !shown.contains("secret") && shown.contains("# variable DUCHA_DATABASE"),
        "{shown}"
    );
}

#[test]
fn what_is_shown_can_be_a_file() {
    let config = load(Flags::default(), &[]).unwrap();
    let (_folder, flags) = file(&config.to_toml(true));
    assert_eq!(
        load(flags, &[]).unwrap().settings().unwrap().pool_size,
        config.settings().unwrap().pool_size
    );
}
