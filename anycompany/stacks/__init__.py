"""What is deployed: storm -> CloudFormation, one module per kind of stack. Pure."""
