//! The contract of ducha: the messages, clients and servers of the gRPC package `ducha.v1`, generated from
//! `proto/ducha/v1/*.proto`, and the descriptor set that describes them.
//!
//! What a field means, its unit, its base and its bounds stand in the comments of the `.proto` files, and so in the
//! documentation of the generated types. `proto/README.md` has the rules that hold for all of them.
//!
//! Nothing here may hold logic: checks of requests, access and conversions belong to the services.

/// Version 1 of the contract. Within it, nothing that was released changes its meaning.
#[allow(
    missing_docs,
    unused_qualifications,
    clippy::all,
    clippy::unwrap_used,
    clippy::expect_used,
    rustdoc::all,
    reason = "generated code"
)]
pub mod v1 {
    tonic::include_proto!("ducha.v1");
}

/// The contract as an encoded `google.protobuf.FileDescriptorSet`, with its comments and with the files it imports: what
/// server reflection serves.
pub const FILE_DESCRIPTOR_SET: &[u8] = tonic::include_file_descriptor_set!("ducha");

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use prost::Message;
    use prost_types::{DescriptorProto, EnumDescriptorProto, FileDescriptorProto, FileDescriptorSet};

    use super::*;

    /// The baseline of the breaking-change check.
    const RELEASED: &[u8] = include_bytes!("released/ducha-v1.binpb");

    fn files_of_the_contract(set: &[u8]) -> Vec<FileDescriptorProto> {
        let set = FileDescriptorSet::decode(set).unwrap();
        set.file
            .into_iter()
            .filter(|file| file.package() == "ducha.v1")
            .collect()
    }

    /// Every element of a file that wants a comment: its path in the descriptor, and its name.
    fn elements(file: &FileDescriptorProto) -> BTreeMap<Vec<i32>, String> {
        let mut found = BTreeMap::new();
        for (path, message) in numbered(&[4], &file.message_type) {
            add_message(&mut found, path, message, file.package());
        }
        for (path, each) in numbered(&[5], &file.enum_type) {
            add_enum(&mut found, path, each, file.package());
        }
        for (path, service) in numbered(&[6], &file.service) {
            let name = format!("{}.{}", file.package(), service.name());
            for (path, method) in numbered(&[&path[..], &[2]].concat(), &service.method) {
                found.insert(path, format!("{name}.{}", method.name()));
            }
            found.insert(path, name);
        }
        found
    }

    fn add_message(found: &mut BTreeMap<Vec<i32>, String>, path: Vec<i32>, message: &DescriptorProto, within: &str) {
        if message.options.as_ref().is_some_and(|options| options.map_entry()) {
            return; // written by the compiler, for a map field
        }
        let name = format!("{within}.{}", message.name());
        for (path, field) in numbered(&[&path[..], &[2]].concat(), &message.field) {
            found.insert(path, format!("{name}.{}", field.name()));
        }
        for (path, nested) in numbered(&[&path[..], &[3]].concat(), &message.nested_type) {
            add_message(found, path, nested, &name);
        }
        for (path, nested) in numbered(&[&path[..], &[4]].concat(), &message.enum_type) {
            add_enum(found, path, nested, &name);
        }
        found.insert(path, name);
    }

    fn add_enum(found: &mut BTreeMap<Vec<i32>, String>, path: Vec<i32>, each: &EnumDescriptorProto, within: &str) {
        let name = format!("{within}.{}", each.name());
        for (path, value) in numbered(&[&path[..], &[2]].concat(), &each.value) {
            found.insert(path, format!("{name}.{}", value.name()));
        }
        found.insert(path, name);
    }

    /// The items with their paths: that of the list, then the place in the list.
    fn numbered<'a, T>(list: &[i32], items: &'a [T]) -> impl Iterator<Item = (Vec<i32>, &'a T)> {
        let list = list.to_vec();
        (0..)
            .zip(items)
            .map(move |(place, item)| ([&list[..], &[place]].concat(), item))
    }

    fn paths_with_comment(file: &FileDescriptorProto) -> BTreeSet<Vec<i32>> {
        let info = file.source_code_info.iter().flat_map(|info| &info.location);
        info.filter(|place| !place.leading_comments().trim().is_empty())
            .map(|place| place.path.clone())
            .collect()
    }

    #[test]
    fn every_message_field_value_and_rpc_has_a_comment() {
        let files = files_of_the_contract(FILE_DESCRIPTOR_SET);
        assert!(!files.is_empty(), "the descriptor set holds no file of ducha.v1");
        for file in files {
            let commented = paths_with_comment(&file);
            for (path, name) in elements(&file) {
                assert!(commented.contains(&path), "{name} in {} has no comment", file.name());
            }
        }
    }

    #[test]
    fn what_was_released_is_still_there() {
        let names = |set| -> BTreeSet<String> {
            files_of_the_contract(set)
                .iter()
                .flat_map(|file| elements(file).into_values())
                .collect()
        };
        let (released, built) = (names(RELEASED), names(FILE_DESCRIPTOR_SET));
        assert!(
            released.contains("ducha.v1.PetitionService.GetPetition"),
            "the released set holds no contract"
        );
        let lost: Vec<_> = released.difference(&built).collect();
        assert!(lost.is_empty(), "released, but not in the contract any more: {lost:?}");
    }
}
