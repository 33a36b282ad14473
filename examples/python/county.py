"""A county system in one file: uploads a ledger, watches what becomes of it, and fetches the marked copy.

    county.py ADDRESS INSPECTION DIVISION LEDGER.xlsx [FOLDER]

DUCHA_TOKEN has the token of the county. Prints the verdict as JSON; the marked copy and the refused rows are written into
FOLDER. Ends with 0 if every row counts, with 1 if rows were refused. Needs grpcio, and the modules that
`python -m grpc_tools.protoc -I proto --python_out=. --grpc_python_out=. proto/ducha/v1/*.proto` makes.
"""

import hashlib
import json
import os
import sys
import time
import uuid
from pathlib import Path

import grpc
from ducha.v1 import import_pb2, ledger_service_pb2 as pb, ledger_service_pb2_grpc

CHUNK = 256 * 1024
FINAL = {"CHECKED", "PLANNED", "APPLIED", "APPLIED_IN_PART", "REJECTED", "FAILED", "CANCELLED", "UNDONE"}


def messages(ledger: Path, inspection: str, division: str, request_id: str):
    content = ledger.read_bytes()
    yield pb.UploadLedgerRequest(
        metadata=pb.UploadMetadata(
            inspection_id=inspection,
            division=division,
            file_name=ledger.name,
            file_sha256=hashlib.sha256(content).hexdigest(),
            request_id=request_id,
        )
    )
    for at in range(0, len(content), CHUNK):
        yield pb.UploadLedgerRequest(chunk=content[at : at + CHUNK])


def again(call, tries: int = 5):
    """Makes a call that may be made again: the server is away, or too busy, or the connection broke."""
    for attempt in range(tries):
        try:
            return call()
        except grpc.RpcError as error:
            if error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.ABORTED) or attempt == tries - 1:
                raise
            time.sleep(2**attempt)


def state_of(ledger_import) -> str:
    return import_pb2.ImportState.Name(ledger_import.state).removeprefix("IMPORT_STATE_")


def watch(stub, import_id: str, metadata):
    last = None
    for answer in stub.WatchImport(pb.WatchImportRequest(import_id=import_id), metadata=metadata):
        last = answer.ledger_import
    if last is None or state_of(last) not in FINAL:
        return watch(stub, import_id, metadata)  # a watch ends after some time; the import goes on
    return last


def fetch(stub, import_id: str, file: int, folder: Path, metadata) -> str:
    name, content = "", b""
    for answer in stub.DownloadLedger(pb.DownloadLedgerRequest(import_id=import_id, file=file), metadata=metadata):
        name = name or answer.info.file_name
        content += answer.chunk
    (folder / Path(name).name).write_bytes(content)
    return name


def main() -> int:
    address, inspection, division, ledger, *rest = sys.argv[1:]
    folder = Path(rest[0]) if rest else Path(".")
    token = os.environ.get("DUCHA_TOKEN")
    metadata = [("accept-language", "zh-CN")] + ([("authorization", f"Bearer {token}")] if token else [])
    request_id = str(uuid.uuid4())
    with grpc.insecure_channel(address, options=[("grpc.enable_http_proxy", 0)]) as channel:
        stub = ledger_service_pb2_grpc.LedgerServiceStub(channel)
        sent = lambda: stub.UploadLedger(messages(Path(ledger), inspection, division, request_id), metadata=metadata)
        received = again(sent).ledger_import
        done = again(lambda: watch(stub, received.id, metadata))
        wanted = {import_pb2.LEDGER_FILE_MARKED, import_pb2.LEDGER_FILE_REFUSED_ROWS}
        files = [fetch(stub, done.id, file, folder, metadata) for file in done.files if file in wanted]
    verdict = {name: getattr(done, name) for name in ("rows_read", "inserted", "updated", "unchanged", "refused")}
    verdict.update(id=done.id, state=state_of(done), files=files, error=done.error.message)
    print(json.dumps(verdict, ensure_ascii=False))
    return 0 if state_of(done) in ("APPLIED", "CHECKED") else 1


if __name__ == "__main__":
    sys.exit(main())
