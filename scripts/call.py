"""Calls one method of a gRPC server that has reflection on, and prints each answer as JSON.

    call.py localhost:50051                                        lists the services and their methods
    call.py localhost:50051 ducha.v1.PetitionService/ListPetitions '{"inspection_id": "gz-2021", "page_size": 3}'

A request of "-" is read from standard input; for a method that takes a stream it is a JSON list of messages. The exit
status is 0 for an answer, 1 for an error of the call, 2 for a wrong command line.
"""

import argparse
import json
import os
import sys

import grpc
from google.protobuf import json_format
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

# Error details are decoded by these types: importing them registers them.
from google.rpc import error_details_pb2  # noqa: F401
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from grpc_status import rpc_status


class Bearer(
    grpc.UnaryUnaryClientInterceptor,
    grpc.UnaryStreamClientInterceptor,
    grpc.StreamUnaryClientInterceptor,
    grpc.StreamStreamClientInterceptor,
):
    """Sends a token with every call, reflection included."""

    def __init__(self, token: str) -> None:
        self.credential = ("authorization", f"Bearer {token}")

    def with_credential(self, proceed, details, request):
        metadata = [*(details.metadata or []), self.credential]
        return proceed(details._replace(metadata=metadata), request)

    intercept_unary_unary = intercept_unary_stream = with_credential
    intercept_stream_unary = intercept_stream_stream = with_credential


def as_json(message, pool=None) -> str:
    return json_format.MessageToJson(
        message, preserving_proto_field_name=True, ensure_ascii=False, descriptor_pool=pool
    )


def find_method(pool: DescriptorPool, path: str) -> MethodDescriptor:
    """The method named `package.Service/Method`; a KeyError names what the server does not have."""
    service_name, _, method_name = path.replace("/", " ").strip().rpartition(" ")
    service = pool.FindServiceByName(service_name)
    if method_name not in service.methods_by_name:
        raise KeyError(f"{service_name} has {', '.join(service.methods_by_name)}, not {method_name!r}")
    return service.methods_by_name[method_name]


def requests_of(method: MethodDescriptor, text: str, pool: DescriptorPool) -> list:
    """The request messages in `text`: one, or a list of them for a method that takes a stream."""
    content = json.loads(text)
    messages = content if method.client_streaming else [content]
    kind = GetMessageClass(method.input_type)
    return [json_format.ParseDict(message, kind(), descriptor_pool=pool) for message in messages]


def answers(channel: grpc.Channel, method: MethodDescriptor, messages: list, metadata: list, timeout: float):
    """Calls the method and yields its answers as they come."""
    shape = f"{'stream' if method.client_streaming else 'unary'}_{'stream' if method.server_streaming else 'unary'}"
    call = getattr(channel, shape)(
        f"/{method.containing_service.full_name}/{method.name}",
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=GetMessageClass(method.output_type).FromString,
    )
    request = iter(messages) if method.client_streaming else messages[0]
    answer = call(request, metadata=metadata, timeout=timeout)
    yield from answer if method.server_streaming else [answer]


def list_methods(database: ProtoReflectionDescriptorDatabase, pool: DescriptorPool) -> None:
    for name in sorted(database.get_services()):
        for method in pool.FindServiceByName(name).methods:
            print(f"{name}/{method.name}")


def print_error(error: grpc.RpcError) -> None:
    print(f"{error.code().name}: {error.details()}", file=sys.stderr)
    status = rpc_status.from_call(error)
    for detail in status.details if status else []:
        print(as_json(detail), file=sys.stderr)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage="call.py SERVER [METHOD [JSON]]"
    )
    parser.add_argument("server", help="host:port")
    parser.add_argument("method", nargs="?", help="package.Service/Method")
    parser.add_argument("request", nargs="?", default="{}", help="JSON, or - for standard input")
    parser.add_argument("--language", default="en", help="the language of texts for people: en or zh-CN")
    parser.add_argument("--token", default=os.environ.get("DUCHA_TOKEN"), help="the credential [default: $DUCHA_TOKEN]")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds to wait for the whole answer")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    # A proxy of the environment is not meant for a service on this machine.
    with grpc.insecure_channel(args.server, options=[("grpc.enable_http_proxy", 0)]) as channel:
        try:
            metadata = [("accept-language", args.language)]
            if args.token:
                channel = grpc.intercept_channel(channel, Bearer(args.token))
            database = ProtoReflectionDescriptorDatabase(channel)
            pool = DescriptorPool(database)
            if args.method is None:
                list_methods(database, pool)
                return 0
            method = find_method(pool, args.method)
            text = sys.stdin.read() if args.request == "-" else args.request
            messages = requests_of(method, text, pool)
            for answer in answers(channel, method, messages, metadata, args.timeout):
                print(as_json(answer, pool), flush=True)
            return 0
        except grpc.RpcError as error:
            print_error(error)
            return 1
        except (KeyError, ValueError, json_format.ParseError) as error:
            print(error.args[0] if error.args else error, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
