"""The templates are plain CloudFormation: the AWS command line deploys them as they are."""

import os
import subprocess
from pathlib import Path

from anycompany.aws.session import Clients
from anycompany.stacks.synth import synth, template_yaml

from .storms import ALL, ROOT, load

PYTHON = ROOT / ".tools" / "aws" / "bin" / "python"
DEPLOY = """
import sys
from pathlib import Path
from awscli.clidriver import create_clidriver

aws = create_clidriver()
for file in map(Path, sys.argv[1:]):
    deploy = ["cloudformation", "deploy", "--stack-name", file.stem, "--template-file", str(file)]
    ended = aws.main([*deploy, "--s3-bucket", "templates", "--capabilities", "CAPABILITY_IAM"])
    if ended:
        sys.exit(f"{file.stem} ended with {ended}")
"""
"""``aws cloudformation deploy``, file by file in one process: to load the command line takes longer than to use it."""


def test_aws_cloudformation_deploy_takes_every_template_as_it_is(
    tmp_path: Path, fresh_local_aws: Clients
) -> None:
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AWS_ENDPOINT_URL": str(fresh_local_aws.endpoint_url),
    }
    env |= {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    # Above 51,200 bytes a template has to come from a bucket (CloudFormation).
    fresh_local_aws.client("s3").create_bucket(Bucket="templates")
    files = []
    for path in ALL:
        for stack in synth(load(path)).stacks:
            files.append(tmp_path / f"{stack.name}.yaml")
            files[-1].write_text(template_yaml(stack))
    done = subprocess.run(
        [PYTHON, "-c", DEPLOY, *files], check=False, capture_output=True, text=True, env=env
    )
    assert done.returncode == 0, done.stderr
    made = fresh_local_aws.client("cloudformation").describe_stacks()["Stacks"]
    assert {stack["StackName"]: stack["StackStatus"] for stack in made} == {
        file.stem: "CREATE_COMPLETE" for file in files
    }
