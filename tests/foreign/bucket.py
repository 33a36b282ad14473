"""An S3-compatible server on a free port of this machine, for as long as standard input is open.

    bucket.py BUCKET FOLDER

Makes the bucket, puts the files of the folder into it, and prints its URL. For each line of standard input it prints the keys
of the bucket, a JSON list.
"""

import json
import logging
import pathlib
import sys

import boto3
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
bucket, folder = sys.argv[1], pathlib.Path(sys.argv[2])
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
url = f"http://{host}:{port}"
client = boto3.client(
    "s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
)
client.create_bucket(Bucket=bucket)
for path in sorted(folder.rglob("*")):
    if path.is_file():
        client.put_object(Bucket=bucket, Key=str(path.relative_to(folder)), Body=path.read_bytes())
print(url, flush=True)
for _ in sys.stdin:
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    print(json.dumps([found["Key"] for page in pages for found in page.get("Contents", [])]), flush=True)
server.stop()
