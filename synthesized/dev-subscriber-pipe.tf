terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }

  backend "local" {
    path = "../../../terraform.dev-subscriber-pipe.tfstate"
  }
}

provider "aws" {
  allowed_account_ids = ["111122223333"]
  region              = "ap-northeast-2"

  default_tags {
    tags = {
      environment = "dev"
      stack       = "dev-subscriber-pipe"
    }
  }
}

# delivery-results-archive-bucket
resource "aws_s3_bucket" "delivery_results_archive_bucket" {
  bucket = "dev-delivery-results-archive-111122223333-ap-northeast-2"
}

# delivery-results-archive-bucket/versioning
resource "aws_s3_bucket_versioning" "delivery_results_archive_bucket_versioning" {
  bucket = aws_s3_bucket.delivery_results_archive_bucket.id

  versioning_configuration {
    status = "Enabled"
  }
}

# delivery-results-archive-bucket/public-access
resource "aws_s3_bucket_public_access_block" "delivery_results_archive_bucket_public_access" {
  bucket                  = aws_s3_bucket.delivery_results_archive_bucket.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# delivery-results-archive-bucket/policy-document
data "aws_iam_policy_document" "delivery_results_archive_bucket_policy_document" {
  statement {
    sid     = "NobodyWithoutTls"
    effect  = "Deny"
    actions = ["s3:*"]
    resources = [
      "arn:aws:s3:::dev-delivery-results-archive-111122223333-ap-northeast-2",
      "arn:aws:s3:::dev-delivery-results-archive-111122223333-ap-northeast-2/*",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

# delivery-results-archive-bucket/policy
resource "aws_s3_bucket_policy" "delivery_results_archive_bucket_policy" {
  bucket = aws_s3_bucket.delivery_results_archive_bucket.id
  policy = data.aws_iam_policy_document.delivery_results_archive_bucket_policy_document.json

  depends_on = [aws_s3_bucket_public_access_block.delivery_results_archive_bucket_public_access]
}

# delivery-results-archive-writer/log
resource "aws_cloudwatch_log_group" "delivery_results_archive_writer_log" {
  name              = "/aws/lambda/dev-delivery-results-archive-writer"
  retention_in_days = 30
}

# delivery-results-archive-writer/role/trust
data "aws_iam_policy_document" "delivery_results_archive_writer_role_trust" {
  statement {
    sid     = "LambdaAssumesThisRole"
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

# delivery-results-archive-writer/role
resource "aws_iam_role" "delivery_results_archive_writer_role" {
  name               = "dev-delivery-results-archive-writer-role"
  description        = "What dev-delivery-results-archive-writer acts as"
  assume_role_policy = data.aws_iam_policy_document.delivery_results_archive_writer_role_trust.json
}

# delivery-results-archive-writer/role/grants-document
data "aws_iam_policy_document" "delivery_results_archive_writer_role_grants_document" {
  statement {
    sid    = "WriteItsOwnLog"
    effect = "Allow"
    actions = [
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]
    resources = [
      "arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/lambda/dev-delivery-results-archive-writer:*",
    ]
  }

  statement {
    sid    = "SendTraces"
    effect = "Allow"
    actions = [
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "WriteToTheArchive"
    effect    = "Allow"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::dev-delivery-results-archive-111122223333-ap-northeast-2/*"]
  }
}

# delivery-results-archive-writer/role/grants
resource "aws_iam_role_policy" "delivery_results_archive_writer_role_grants" {
  name   = "dev-delivery-results-archive-writer-role"
  policy = data.aws_iam_policy_document.delivery_results_archive_writer_role_grants_document.json
  role   = aws_iam_role.delivery_results_archive_writer_role.name
}

# delivery-results-archive-writer
resource "aws_lambda_function" "delivery_results_archive_writer" {
  function_name                  = "dev-delivery-results-archive-writer"
  description                    = "Writes messages to dev-delivery-results-archive-111122223333-ap-northeast-2"
  architectures                  = ["arm64"]
  filename                       = "functions/archive-to-s3.zip"
  handler                        = "index.handler"
  memory_size                    = 256
  reserved_concurrent_executions = 10
  role                           = aws_iam_role.delivery_results_archive_writer_role.arn
  runtime                        = "nodejs22.x"
  source_code_hash               = "a8m/zWQmmuY4nCPz4eenm55ocP+iH8oaqcmYc/Js9Ag="
  timeout                        = 30

  environment {
    variables = {
      BUCKET_NAME       = "dev-delivery-results-archive-111122223333-ap-northeast-2"
      MESSAGE_KEY_FIELD = "MSGID"
      MAX_RECEIVE_COUNT = "480"
    }
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.delivery_results_archive_writer_log.name
  }

  tracing_config {
    mode = "Active"
  }
}

# delivery-results-archive-pipe/role/trust
data "aws_iam_policy_document" "delivery_results_archive_pipe_role_trust" {
  statement {
    sid     = "OnePipeAssumesThisRole"
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["pipes.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["111122223333"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:pipes:ap-northeast-2:111122223333:pipe/dev-delivery-results-archive"]
    }
  }
}

# delivery-results-archive-pipe/role
resource "aws_iam_role" "delivery_results_archive_pipe_role" {
  name               = "dev-delivery-results-archive-role"
  description        = "What the pipe dev-delivery-results-archive acts as"
  assume_role_policy = data.aws_iam_policy_document.delivery_results_archive_pipe_role_trust.json
}

# delivery-results-archive-pipe/role/grants-document
data "aws_iam_policy_document" "delivery_results_archive_pipe_role_grants_document" {
  statement {
    sid    = "ConsumeFromTheQueue"
    effect = "Allow"
    actions = [
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
    ]
    resources = ["arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results"]
  }

  statement {
    sid     = "InvokeTheSubscriber"
    effect  = "Allow"
    actions = ["lambda:InvokeFunction"]
    resources = [
      "arn:aws:lambda:ap-northeast-2:111122223333:function:dev-delivery-results-archive-writer",
    ]
  }
}

# delivery-results-archive-pipe/role/grants
resource "aws_iam_role_policy" "delivery_results_archive_pipe_role_grants" {
  name   = "dev-delivery-results-archive-role"
  policy = data.aws_iam_policy_document.delivery_results_archive_pipe_role_grants_document.json
  role   = aws_iam_role.delivery_results_archive_pipe_role.name
}

# delivery-results-archive-pipe/log
resource "aws_cloudwatch_log_group" "delivery_results_archive_pipe_log" {
  name              = "/aws/vendedlogs/pipes/dev-delivery-results-archive"
  retention_in_days = 30
}

# delivery-results-archive-pipe
resource "aws_pipes_pipe" "delivery_results_archive_pipe" {
  name          = "dev-delivery-results-archive"
  description   = "Delivers the messages of dev-delivery-results to their subscriber"
  desired_state = "RUNNING"
  role_arn      = aws_iam_role.delivery_results_archive_pipe_role.arn
  source        = "arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results"
  target        = "arn:aws:lambda:ap-northeast-2:111122223333:function:dev-delivery-results-archive-writer"

  log_configuration {
    level = "ERROR"

    cloudwatch_logs_log_destination {
      log_group_arn = aws_cloudwatch_log_group.delivery_results_archive_pipe_log.arn
    }
  }

  source_parameters {
    sqs_queue_parameters {
      batch_size = 10
    }
  }

  target_parameters {
    lambda_function_parameters {
      invocation_type = "REQUEST_RESPONSE"
    }
  }

  depends_on = [
    aws_iam_role_policy.delivery_results_archive_pipe_role_grants,
    aws_lambda_function.delivery_results_archive_writer,
    aws_iam_role_policy.delivery_results_archive_writer_role_grants,
  ]
}

output "pipe_names" {
  description = "The pipes of the subscriptions"
  value = {
    delivery-results-archive = "dev-delivery-results-archive"
  }
}
