"""The templates are plain CloudFormation: the AWS command line deploys them as they are."""

import os
import subprocess
from pathlib import Path

import pytest

from anycompany.aws.session import Clients
from anycompany.stacks.synth import synth, template_yaml

from .storms import ALL, ROOT, load

AWS = ROOT / ".tools" / "aws" / "bin" / "aws"


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_aws_cloudformation_deploy_takes_every_template_as_it_is(
    path: Path, tmp_path: Path, fresh_local_aws: Clients
) -> None:
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AWS_ENDPOINT_URL": str(fresh_local_aws.endpoint_url),
    }
    env |= {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}

    def aws(*arguments: str) -> str:
        done = subprocess.run(
            [AWS, "cloudformation", *arguments], check=False, capture_output=True, text=True, env=env
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    # Above 51,200 bytes a template has to come from a bucket (CloudFormation).
    fresh_local_aws.client("s3").create_bucket(Bucket="templates")
    stacks = synth(load(path)).stacks
    for stack in stacks:
        file = tmp_path / f"{stack.name}.yaml"
        file.write_text(template_yaml(stack))
        aws(
            "deploy",
            "--stack-name",
            stack.name,
            "--template-file",
            str(file),
            "--s3-bucket",
            "templates",
            "--capabilities",
            "CAPABILITY_IAM",
        )
    made = aws(
        "describe-stacks", "--query", "Stacks[?StackStatus=='CREATE_COMPLETE'].StackName", "--output", "text"
    )
    assert sorted(made.split()) == sorted(stack.name for stack in stacks)
