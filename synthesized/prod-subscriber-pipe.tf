terraform {
  required_version = ">= 1.6.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }

  cloud {
    organization = "example-org"

    workspaces {
      name    = "prod-subscriber-pipe"
      project = "message-gateways"
    }
  }
}

provider "aws" {
  allowed_account_ids = ["444455556666"]
  region              = "ap-northeast-2"

  default_tags {
    tags = {
      cost-center = "messaging"
      environment = "prod"
      stack       = "prod-subscriber-pipe"
    }
  }
}

variable "delivery_results_subscriber_secret" {
  description = "The API key that deliveries of prod-delivery-results carry"
  type        = string
  sensitive   = true
  nullable    = false
}

# key/policy
data "aws_iam_policy_document" "key_policy" {
  statement {
    sid       = "IdentityPoliciesOfThisAccountDecide"
    effect    = "Allow"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = ["444455556666"]
    }
  }

  statement {
    sid    = "CloudWatchLogsEncryptsTheseLogGroups"
    effect = "Allow"
    actions = [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.ap-northeast-2.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values = [
        "arn:aws:logs:ap-northeast-2:444455556666:log-group:/aws/vendedlogs/pipes/prod-delivery-results",
        "arn:aws:logs:ap-northeast-2:444455556666:log-group:/aws/lambda/prod-payment-events-archive-writer",
        "arn:aws:logs:ap-northeast-2:444455556666:log-group:/aws/vendedlogs/pipes/prod-payment-events-archive",
      ]
    }
  }
}

# key
resource "aws_kms_key" "key" {
  description             = "Encrypts the queues, logs and variables of prod-subscriber-pipe"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy                  = data.aws_iam_policy_document.key_policy.json
}

# key/alias
resource "aws_kms_alias" "key_alias" {
  name          = "alias/prod-subscriber-pipe"
  target_key_id = aws_kms_key.key.key_id
}

# delivery-results-subscriber/connection
resource "aws_cloudwatch_event_connection" "delivery_results_subscriber_connection" {
  name               = "prod-delivery-results"
  description        = "How deliveries of prod-delivery-results are authorized"
  authorization_type = "API_KEY"

  auth_parameters {
    api_key {
      key   = "X-Api-Key"
      value = var.delivery_results_subscriber_secret
    }
  }
}

# delivery-results-subscriber/destination
resource "aws_cloudwatch_event_api_destination" "delivery_results_subscriber_destination" {
  name                             = "prod-delivery-results"
  description                      = "Deliveries of prod-delivery-results"
  connection_arn                   = aws_cloudwatch_event_connection.delivery_results_subscriber_connection.arn
  http_method                      = "POST"
  invocation_endpoint              = "https://subscriber.example.com/bizppurio/delivery-results"
  invocation_rate_limit_per_second = 50
}

# delivery-results-pipe/role/trust
data "aws_iam_policy_document" "delivery_results_pipe_role_trust" {
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
      values   = ["444455556666"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:pipes:ap-northeast-2:444455556666:pipe/prod-delivery-results"]
    }
  }
}

# delivery-results-pipe/role
resource "aws_iam_role" "delivery_results_pipe_role" {
  name               = "prod-delivery-results-role"
  description        = "What the pipe prod-delivery-results acts as"
  assume_role_policy = data.aws_iam_policy_document.delivery_results_pipe_role_trust.json
}

# delivery-results-pipe/role/grants-document
data "aws_iam_policy_document" "delivery_results_pipe_role_grants_document" {
  statement {
    sid    = "ConsumeFromTheQueue"
    effect = "Allow"
    actions = [
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
    ]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results"]
  }

  statement {
    sid       = "DecryptThroughTheQueueKey"
    effect    = "Allow"
    actions   = ["kms:Decrypt"]
    resources = ["arn:aws:kms:ap-northeast-2:444455556666:key/*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = ["alias/prod-callback-receiver"]
    }

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["sqs.ap-northeast-2.amazonaws.com"]
    }
  }

  statement {
    sid     = "DeliverToTheSubscriber"
    effect  = "Allow"
    actions = ["events:InvokeApiDestination"]
    resources = [
      "arn:aws:events:ap-northeast-2:444455556666:api-destination/prod-delivery-results/*",
    ]
  }
}

# delivery-results-pipe/role/grants
resource "aws_iam_role_policy" "delivery_results_pipe_role_grants" {
  name   = "prod-delivery-results-role"
  policy = data.aws_iam_policy_document.delivery_results_pipe_role_grants_document.json
  role   = aws_iam_role.delivery_results_pipe_role.name
}

# delivery-results-pipe/log
resource "aws_cloudwatch_log_group" "delivery_results_pipe_log" {
  name              = "/aws/vendedlogs/pipes/prod-delivery-results"
  kms_key_id        = aws_kms_key.key.arn
  retention_in_days = 365
}

# delivery-results-pipe
resource "aws_pipes_pipe" "delivery_results_pipe" {
  name          = "prod-delivery-results"
  description   = "Delivers the messages of prod-delivery-results to their subscriber"
  desired_state = "RUNNING"
  role_arn      = aws_iam_role.delivery_results_pipe_role.arn
  source        = "arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results"
  target        = aws_cloudwatch_event_api_destination.delivery_results_subscriber_destination.arn

  log_configuration {
    level = "ERROR"

    cloudwatch_logs_log_destination {
      log_group_arn = aws_cloudwatch_log_group.delivery_results_pipe_log.arn
    }
  }

  source_parameters {
    sqs_queue_parameters {
      batch_size = 1
    }
  }

  target_parameters {
    input_template = "{\"messageId\":<$.messageId>,\"data\":<$.body>}"
  }

  depends_on = [aws_iam_role_policy.delivery_results_pipe_role_grants]
}

# payment-events-archive-bucket
resource "aws_s3_bucket" "payment_events_archive_bucket" {
  bucket = "prod-payment-events-archive-444455556666-ap-northeast-2"
}

# payment-events-archive-bucket/versioning
resource "aws_s3_bucket_versioning" "payment_events_archive_bucket_versioning" {
  bucket = aws_s3_bucket.payment_events_archive_bucket.id

  versioning_configuration {
    status = "Enabled"
  }
}

# payment-events-archive-bucket/public-access
resource "aws_s3_bucket_public_access_block" "payment_events_archive_bucket_public_access" {
  bucket                  = aws_s3_bucket.payment_events_archive_bucket.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# payment-events-archive-bucket/policy-document
data "aws_iam_policy_document" "payment_events_archive_bucket_policy_document" {
  statement {
    sid     = "NobodyWithoutTls"
    effect  = "Deny"
    actions = ["s3:*"]
    resources = [
      "arn:aws:s3:::prod-payment-events-archive-444455556666-ap-northeast-2",
      "arn:aws:s3:::prod-payment-events-archive-444455556666-ap-northeast-2/*",
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

# payment-events-archive-bucket/policy
resource "aws_s3_bucket_policy" "payment_events_archive_bucket_policy" {
  bucket = aws_s3_bucket.payment_events_archive_bucket.id
  policy = data.aws_iam_policy_document.payment_events_archive_bucket_policy_document.json

  depends_on = [aws_s3_bucket_public_access_block.payment_events_archive_bucket_public_access]
}

# payment-events-archive-writer/log
resource "aws_cloudwatch_log_group" "payment_events_archive_writer_log" {
  name              = "/aws/lambda/prod-payment-events-archive-writer"
  kms_key_id        = aws_kms_key.key.arn
  retention_in_days = 365
}

# payment-events-archive-writer/role/trust
data "aws_iam_policy_document" "payment_events_archive_writer_role_trust" {
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

# payment-events-archive-writer/role
resource "aws_iam_role" "payment_events_archive_writer_role" {
  name               = "prod-payment-events-archive-writer-role"
  description        = "What prod-payment-events-archive-writer acts as"
  assume_role_policy = data.aws_iam_policy_document.payment_events_archive_writer_role_trust.json
}

# payment-events-archive-writer/role/grants-document
data "aws_iam_policy_document" "payment_events_archive_writer_role_grants_document" {
  statement {
    sid    = "WriteItsOwnLog"
    effect = "Allow"
    actions = [
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]
    resources = [
      "arn:aws:logs:ap-northeast-2:444455556666:log-group:/aws/lambda/prod-payment-events-archive-writer:*",
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
    resources = ["arn:aws:s3:::prod-payment-events-archive-444455556666-ap-northeast-2/*"]
  }
}

# payment-events-archive-writer/role/grants
resource "aws_iam_role_policy" "payment_events_archive_writer_role_grants" {
  name   = "prod-payment-events-archive-writer-role"
  policy = data.aws_iam_policy_document.payment_events_archive_writer_role_grants_document.json
  role   = aws_iam_role.payment_events_archive_writer_role.name
}

# payment-events-archive-writer
resource "aws_lambda_function" "payment_events_archive_writer" {
  function_name                  = "prod-payment-events-archive-writer"
  description                    = "Writes messages to prod-payment-events-archive-444455556666-ap-northeast-2"
  architectures                  = ["arm64"]
  filename                       = "functions/archive-to-s3.zip"
  handler                        = "index.handler"
  kms_key_arn                    = aws_kms_key.key.arn
  memory_size                    = 256
  reserved_concurrent_executions = 10
  role                           = aws_iam_role.payment_events_archive_writer_role.arn
  runtime                        = "nodejs22.x"
  source_code_hash               = "a8m/zWQmmuY4nCPz4eenm55ocP+iH8oaqcmYc/Js9Ag="
  timeout                        = 30

  environment {
    variables = {
      BUCKET_NAME       = "prod-payment-events-archive-444455556666-ap-northeast-2"
      MESSAGE_KEY_FIELD = "eventId"
      MAX_RECEIVE_COUNT = "480"
    }
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.payment_events_archive_writer_log.name
  }

  tracing_config {
    mode = "Active"
  }
}

# payment-events-archive-pipe/role/trust
data "aws_iam_policy_document" "payment_events_archive_pipe_role_trust" {
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
      values   = ["444455556666"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:pipes:ap-northeast-2:444455556666:pipe/prod-payment-events-archive"]
    }
  }
}

# payment-events-archive-pipe/role
resource "aws_iam_role" "payment_events_archive_pipe_role" {
  name               = "prod-payment-events-archive-role"
  description        = "What the pipe prod-payment-events-archive acts as"
  assume_role_policy = data.aws_iam_policy_document.payment_events_archive_pipe_role_trust.json
}

# payment-events-archive-pipe/role/grants-document
data "aws_iam_policy_document" "payment_events_archive_pipe_role_grants_document" {
  statement {
    sid    = "ConsumeFromTheQueue"
    effect = "Allow"
    actions = [
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
    ]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events.fifo"]
  }

  statement {
    sid       = "DecryptThroughTheQueueKey"
    effect    = "Allow"
    actions   = ["kms:Decrypt"]
    resources = ["arn:aws:kms:ap-northeast-2:444455556666:key/*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = ["alias/prod-callback-receiver"]
    }

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["sqs.ap-northeast-2.amazonaws.com"]
    }
  }

  statement {
    sid     = "InvokeTheSubscriber"
    effect  = "Allow"
    actions = ["lambda:InvokeFunction"]
    resources = [
      "arn:aws:lambda:ap-northeast-2:444455556666:function:prod-payment-events-archive-writer",
    ]
  }
}

# payment-events-archive-pipe/role/grants
resource "aws_iam_role_policy" "payment_events_archive_pipe_role_grants" {
  name   = "prod-payment-events-archive-role"
  policy = data.aws_iam_policy_document.payment_events_archive_pipe_role_grants_document.json
  role   = aws_iam_role.payment_events_archive_pipe_role.name
}

# payment-events-archive-pipe/log
resource "aws_cloudwatch_log_group" "payment_events_archive_pipe_log" {
  name              = "/aws/vendedlogs/pipes/prod-payment-events-archive"
  kms_key_id        = aws_kms_key.key.arn
  retention_in_days = 365
}

# payment-events-archive-pipe
resource "aws_pipes_pipe" "payment_events_archive_pipe" {
  name          = "prod-payment-events-archive"
  description   = "Delivers the messages of prod-payment-events.fifo to their subscriber"
  desired_state = "RUNNING"
  role_arn      = aws_iam_role.payment_events_archive_pipe_role.arn
  source        = "arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events.fifo"
  target        = "arn:aws:lambda:ap-northeast-2:444455556666:function:prod-payment-events-archive-writer"

  log_configuration {
    level = "ERROR"

    cloudwatch_logs_log_destination {
      log_group_arn = aws_cloudwatch_log_group.payment_events_archive_pipe_log.arn
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
    aws_iam_role_policy.payment_events_archive_pipe_role_grants,
    aws_lambda_function.payment_events_archive_writer,
    aws_iam_role_policy.payment_events_archive_writer_role_grants,
  ]
}

output "pipe_names" {
  description = "The pipes of the subscriptions"
  value = {
    delivery-results       = "prod-delivery-results"
    payment-events-archive = "prod-payment-events-archive"
  }
}
