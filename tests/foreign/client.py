"""A client that knows only an address: it learns the contract by reflection, then lists, pages, exports and gets.

    client.py ADDRESS INSPECTION

Prints what it saw as one JSON object. Any surprise ends it with a traceback and status 1.
"""

import json
import sys

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from grpc_status import rpc_status


class Client:
    def __init__(self, channel: grpc.Channel) -> None:
        self.channel = channel
        self.pool = DescriptorPool(ProtoReflectionDescriptorDatabase(channel))

    def method(self, service: str, name: str):
        """A callable that takes the request's fields and returns the answer, or the answers of a stream."""
        method = self.pool.FindServiceByName(service).methods_by_name[name]
        request = GetMessageClass(method.input_type)
        shape = self.channel.unary_stream if method.server_streaming else self.channel.unary_unary
        call = shape(
            f"/{service}/{name}",
            request_serializer=request.SerializeToString,
            response_deserializer=GetMessageClass(method.output_type).FromString,
        )
        return lambda **fields: call(request(**fields), timeout=30)


def pages(list_petitions, inspection: str):
    token = ""
    while True:
        page = list_petitions(inspection_id=inspection, page_size=3, page_token=token)
        yield [petition.number for petition in page.petitions]
        token = page.next_page_token
        if not token:
            return


def missing(get_petition, inspection: str) -> list[str]:
    try:
        get_petition(inspection_id=inspection, number="X404")
    except grpc.RpcError as error:
        info, text = error_details_pb2.ErrorInfo(), error_details_pb2.LocalizedMessage()
        for detail in rpc_status.from_call(error).details:
            detail.Unpack(info) or detail.Unpack(text)
        return [error.code().name, info.reason, text.message]
    raise AssertionError("a petition that is not there was answered")


def main() -> None:
    address, inspection = sys.argv[1:]
    # A proxy of the environment is not meant for a service on this machine.
    with grpc.insecure_channel(address, options=[("grpc.enable_http_proxy", 0)]) as channel:
        client = Client(channel)
        petitions = "ducha.v1.PetitionService"
        get_petition = client.method(petitions, "GetPetition")
        paged = list(pages(client.method(petitions, "ListPetitions"), inspection))
        exported = client.method(petitions, "ExportPetitions")(inspection_id=inspection)
        health = client.method("grpc.health.v1.Health", "Check")()
        seen = {
            "pages": [len(page) for page in paged],
            "listed": [number for page in paged for number in page],
            "exported": [petition.number for answer in exported for petition in answer.petitions],
            "complaint": get_petition(inspection_id=inspection, number=paged[0][0]).petition.complaint,
            "missing": missing(get_petition, inspection),
            "health": health.DESCRIPTOR.fields_by_name["status"].enum_type.values_by_number[health.status].name,
        }
    print(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main()
