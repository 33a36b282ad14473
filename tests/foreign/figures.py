"""Adds up the records of every figure of an account, and says which figures they do not make.

    figures.py ADDRESS INSPECTION AS_OF
"""

import decimal
import json
import sys

import grpc
from ducha.v1 import progress_service_pb2 as progress
from ducha.v1 import progress_service_pb2_grpc

SCALE = {"wan": decimal.Decimal(10000)}


def records(stub, inspection, as_of, key):
    """All records of a figure, page by page."""
    token = ""
    while True:
        answer = stub.ListFigureRecords(
            progress.ListFigureRecordsRequest(
                inspection_id=inspection, as_of=as_of, key=key, page_size=1000, page_token=token
            )
        )
        yield from answer.records
        token = answer.next_page_token
        if not token:
            return


def main(address, inspection, as_of):
    stub = progress_service_pb2_grpc.ProgressServiceStub(grpc.insecure_channel(address))
    account = stub.GetAccount(progress.GetAccountRequest(inspection_id=inspection, as_of=as_of)).account
    wrong, added = [], 0
    for figure in account.figures:
        # Figures of other days are added up for one of them only, which is enough.
        if not figure.HasField("value") or ("as_of=" in figure.key and "2022-02-28" not in figure.key):
            continue
        found = list(records(stub, inspection, as_of, figure.key))
        if figure.key.startswith("cases"):
            continue  # several tasks may come from one case
        total = sum((decimal.Decimal(record.amount) for record in found), decimal.Decimal(0))
        keys = {(record.kind, record.number, record.division) for record in found}
        if total != decimal.Decimal(figure.value) or len(found) != figure.records or len(keys) != len(found):
            wrong.append([figure.key, figure.value, str(total), figure.records, len(found)])
        added += 1
    print(json.dumps({"added": added, "wrong": wrong}, ensure_ascii=False))


main(*sys.argv[1:])
