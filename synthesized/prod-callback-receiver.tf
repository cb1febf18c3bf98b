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
      name    = "prod-callback-receiver"
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
      stack       = "prod-callback-receiver"
    }
  }
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
        "arn:aws:logs:ap-northeast-2:444455556666:log-group:/aws/apigateway/prod-callback-receiver",
      ]
    }
  }
}

# key
resource "aws_kms_key" "key" {
  description             = "Encrypts the queues, logs and variables of prod-callback-receiver"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy                  = data.aws_iam_policy_document.key_policy.json
}

# key/alias
resource "aws_kms_alias" "key_alias" {
  name          = "alias/prod-callback-receiver"
  target_key_id = aws_kms_key.key.key_id
}

# delivery-results-queue/dead-letter
resource "aws_sqs_queue" "delivery_results_queue_dead_letter" {
  name                      = "prod-delivery-results-dead-letter"
  kms_master_key_id         = aws_kms_key.key.arn
  max_message_size          = 262144
  message_retention_seconds = 1209600
}

# delivery-results-queue/dead-letter/redrive-allow
resource "aws_sqs_queue_redrive_allow_policy" "delivery_results_queue_dead_letter_redrive_allow" {
  queue_url = aws_sqs_queue.delivery_results_queue_dead_letter.url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results"]
  })
}

# delivery-results-queue/dead-letter/policy/document
data "aws_iam_policy_document" "delivery_results_queue_dead_letter_policy_document" {
  statement {
    sid    = "AccountOperatesTheQueue"
    effect = "Allow"
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SetQueueAttributes",
    ]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results-dead-letter"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }

  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results-dead-letter"]

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

# delivery-results-queue/dead-letter/policy
resource "aws_sqs_queue_policy" "delivery_results_queue_dead_letter_policy" {
  policy    = data.aws_iam_policy_document.delivery_results_queue_dead_letter_policy_document.json
  queue_url = aws_sqs_queue.delivery_results_queue_dead_letter.url
}

# delivery-results-queue
resource "aws_sqs_queue" "delivery_results_queue" {
  name                       = "prod-delivery-results"
  kms_master_key_id          = aws_kms_key.key.arn
  max_message_size           = 262144
  message_retention_seconds  = 1123200
  visibility_timeout_seconds = 180
}

# delivery-results-queue/redrive
resource "aws_sqs_queue_redrive_policy" "delivery_results_queue_redrive" {
  queue_url = aws_sqs_queue.delivery_results_queue.url
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results-dead-letter"
    maxReceiveCount     = 480
  })

  depends_on = [aws_sqs_queue.delivery_results_queue_dead_letter]
}

# delivery-results-queue/policy/document
data "aws_iam_policy_document" "delivery_results_queue_policy_document" {
  statement {
    sid    = "AccountOperatesTheQueue"
    effect = "Allow"
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SetQueueAttributes",
    ]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }

  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results"]

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

  statement {
    sid       = "ProdDeliveryResultsToQueueSends"
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:role/prod-delivery-results-to-queue"]
    }
  }
}

# delivery-results-queue/policy
resource "aws_sqs_queue_policy" "delivery_results_queue_policy" {
  policy    = data.aws_iam_policy_document.delivery_results_queue_policy_document.json
  queue_url = aws_sqs_queue.delivery_results_queue.url

  depends_on = [aws_iam_role.delivery_results_sender]
}

# delivery-results-queue/alarms/age
resource "aws_cloudwatch_metric_alarm" "delivery_results_queue_alarms_age" {
  alarm_name          = "prod-delivery-results-age"
  alarm_actions       = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  alarm_description   = "The oldest message of prod-delivery-results has waited for more than 15 minutes: its consumer is down or too slow."
  comparison_operator = "GreaterThanThreshold"
  dimensions = {
    QueueName = "prod-delivery-results"
  }
  evaluation_periods = 3
  metric_name        = "ApproximateAgeOfOldestMessage"
  namespace          = "AWS/SQS"
  ok_actions         = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  period             = 60
  statistic          = "Maximum"
  threshold          = 900
  treat_missing_data = "notBreaching"
}

# delivery-results-queue/alarms/dead-letters
resource "aws_cloudwatch_metric_alarm" "delivery_results_queue_alarms_dead_letters" {
  alarm_name          = "prod-delivery-results-dead-letters"
  alarm_actions       = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  alarm_description   = "Messages of prod-delivery-results were given up and wait in prod-delivery-results-dead-letter."
  comparison_operator = "GreaterThanThreshold"
  dimensions = {
    QueueName = "prod-delivery-results-dead-letter"
  }
  evaluation_periods = 1
  metric_name        = "ApproximateNumberOfMessagesVisible"
  namespace          = "AWS/SQS"
  ok_actions         = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

# delivery-results-sender/trust
data "aws_iam_policy_document" "delivery_results_sender_trust" {
  statement {
    sid     = "ApiGatewayAssumesThisRole"
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}

# delivery-results-sender
resource "aws_iam_role" "delivery_results_sender" {
  name               = "prod-delivery-results-to-queue"
  description        = "Sends the callbacks of delivery-results to prod-delivery-results"
  assume_role_policy = data.aws_iam_policy_document.delivery_results_sender_trust.json
}

# delivery-results-sender/grants-document
data "aws_iam_policy_document" "delivery_results_sender_grants_document" {
  statement {
    sid       = "SendToTheQueue"
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results"]
  }

  statement {
    sid    = "EncryptThroughTheQueueKey"
    effect = "Allow"
    actions = [
      "kms:GenerateDataKey",
      "kms:Decrypt",
    ]
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
}

# delivery-results-sender/grants
resource "aws_iam_role_policy" "delivery_results_sender_grants" {
  name   = "prod-delivery-results-to-queue"
  policy = data.aws_iam_policy_document.delivery_results_sender_grants_document.json
  role   = aws_iam_role.delivery_results_sender.name
}

# payment-events-queue/dead-letter
resource "aws_sqs_queue" "payment_events_queue_dead_letter" {
  name                      = "prod-payment-events-dead-letter.fifo"
  fifo_queue                = true
  kms_master_key_id         = aws_kms_key.key.arn
  max_message_size          = 262144
  message_retention_seconds = 1209600
}

# payment-events-queue/dead-letter/redrive-allow
resource "aws_sqs_queue_redrive_allow_policy" "payment_events_queue_dead_letter_redrive_allow" {
  queue_url = aws_sqs_queue.payment_events_queue_dead_letter.url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events.fifo"]
  })
}

# payment-events-queue/dead-letter/policy/document
data "aws_iam_policy_document" "payment_events_queue_dead_letter_policy_document" {
  statement {
    sid    = "AccountOperatesTheQueue"
    effect = "Allow"
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SetQueueAttributes",
    ]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events-dead-letter.fifo"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }

  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events-dead-letter.fifo"]

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

# payment-events-queue/dead-letter/policy
resource "aws_sqs_queue_policy" "payment_events_queue_dead_letter_policy" {
  policy    = data.aws_iam_policy_document.payment_events_queue_dead_letter_policy_document.json
  queue_url = aws_sqs_queue.payment_events_queue_dead_letter.url
}

# payment-events-queue
resource "aws_sqs_queue" "payment_events_queue" {
  name                       = "prod-payment-events.fifo"
  deduplication_scope        = "messageGroup"
  fifo_queue                 = true
  fifo_throughput_limit      = "perMessageGroupId"
  kms_master_key_id          = aws_kms_key.key.arn
  max_message_size           = 262144
  message_retention_seconds  = 604800
  visibility_timeout_seconds = 180
}

# payment-events-queue/redrive
resource "aws_sqs_queue_redrive_policy" "payment_events_queue_redrive" {
  queue_url = aws_sqs_queue.payment_events_queue.url
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events-dead-letter.fifo"
    maxReceiveCount     = 480
  })

  depends_on = [aws_sqs_queue.payment_events_queue_dead_letter]
}

# payment-events-queue/policy/document
data "aws_iam_policy_document" "payment_events_queue_policy_document" {
  statement {
    sid    = "AccountOperatesTheQueue"
    effect = "Allow"
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SetQueueAttributes",
    ]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events.fifo"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }

  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events.fifo"]

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

  statement {
    sid       = "ProdPaymentEventsToQueueSends"
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events.fifo"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:role/prod-payment-events-to-queue"]
    }
  }
}

# payment-events-queue/policy
resource "aws_sqs_queue_policy" "payment_events_queue_policy" {
  policy    = data.aws_iam_policy_document.payment_events_queue_policy_document.json
  queue_url = aws_sqs_queue.payment_events_queue.url

  depends_on = [aws_iam_role.payment_events_sender]
}

# payment-events-queue/alarms/age
resource "aws_cloudwatch_metric_alarm" "payment_events_queue_alarms_age" {
  alarm_name          = "prod-payment-events.fifo-age"
  alarm_actions       = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  alarm_description   = "The oldest message of prod-payment-events.fifo has waited for more than 15 minutes: its consumer is down or too slow."
  comparison_operator = "GreaterThanThreshold"
  dimensions = {
    QueueName = "prod-payment-events.fifo"
  }
  evaluation_periods = 3
  metric_name        = "ApproximateAgeOfOldestMessage"
  namespace          = "AWS/SQS"
  ok_actions         = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  period             = 60
  statistic          = "Maximum"
  threshold          = 900
  treat_missing_data = "notBreaching"
}

# payment-events-queue/alarms/dead-letters
resource "aws_cloudwatch_metric_alarm" "payment_events_queue_alarms_dead_letters" {
  alarm_name          = "prod-payment-events.fifo-dead-letters"
  alarm_actions       = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  alarm_description   = "Messages of prod-payment-events.fifo were given up and wait in prod-payment-events-dead-letter.fifo."
  comparison_operator = "GreaterThanThreshold"
  dimensions = {
    QueueName = "prod-payment-events-dead-letter.fifo"
  }
  evaluation_periods = 1
  metric_name        = "ApproximateNumberOfMessagesVisible"
  namespace          = "AWS/SQS"
  ok_actions         = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

# payment-events-sender/trust
data "aws_iam_policy_document" "payment_events_sender_trust" {
  statement {
    sid     = "ApiGatewayAssumesThisRole"
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}

# payment-events-sender
resource "aws_iam_role" "payment_events_sender" {
  name               = "prod-payment-events-to-queue"
  description        = "Sends the callbacks of payment-events to prod-payment-events.fifo"
  assume_role_policy = data.aws_iam_policy_document.payment_events_sender_trust.json
}

# payment-events-sender/grants-document
data "aws_iam_policy_document" "payment_events_sender_grants_document" {
  statement {
    sid       = "SendToTheQueue"
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events.fifo"]
  }

  statement {
    sid    = "EncryptThroughTheQueueKey"
    effect = "Allow"
    actions = [
      "kms:GenerateDataKey",
      "kms:Decrypt",
    ]
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
}

# payment-events-sender/grants
resource "aws_iam_role_policy" "payment_events_sender_grants" {
  name   = "prod-payment-events-to-queue"
  policy = data.aws_iam_policy_document.payment_events_sender_grants_document.json
  role   = aws_iam_role.payment_events_sender.name
}

# inbound-sms-queue/dead-letter
resource "aws_sqs_queue" "inbound_sms_queue_dead_letter" {
  name                      = "prod-inbound-sms-dead-letter"
  kms_master_key_id         = aws_kms_key.key.arn
  max_message_size          = 262144
  message_retention_seconds = 1209600
}

# inbound-sms-queue/dead-letter/redrive-allow
resource "aws_sqs_queue_redrive_allow_policy" "inbound_sms_queue_dead_letter_redrive_allow" {
  queue_url = aws_sqs_queue.inbound_sms_queue_dead_letter.url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms"]
  })
}

# inbound-sms-queue/dead-letter/policy/document
data "aws_iam_policy_document" "inbound_sms_queue_dead_letter_policy_document" {
  statement {
    sid    = "AccountOperatesTheQueue"
    effect = "Allow"
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SetQueueAttributes",
    ]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms-dead-letter"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }

  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms-dead-letter"]

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

# inbound-sms-queue/dead-letter/policy
resource "aws_sqs_queue_policy" "inbound_sms_queue_dead_letter_policy" {
  policy    = data.aws_iam_policy_document.inbound_sms_queue_dead_letter_policy_document.json
  queue_url = aws_sqs_queue.inbound_sms_queue_dead_letter.url
}

# inbound-sms-queue
resource "aws_sqs_queue" "inbound_sms_queue" {
  name                       = "prod-inbound-sms"
  kms_master_key_id          = aws_kms_key.key.arn
  max_message_size           = 262144
  message_retention_seconds  = 604800
  visibility_timeout_seconds = 180
}

# inbound-sms-queue/redrive
resource "aws_sqs_queue_redrive_policy" "inbound_sms_queue_redrive" {
  queue_url = aws_sqs_queue.inbound_sms_queue.url
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms-dead-letter"
    maxReceiveCount     = 5
  })

  depends_on = [aws_sqs_queue.inbound_sms_queue_dead_letter]
}

# inbound-sms-queue/policy/document
data "aws_iam_policy_document" "inbound_sms_queue_policy_document" {
  statement {
    sid    = "AccountOperatesTheQueue"
    effect = "Allow"
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SetQueueAttributes",
    ]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }

  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms"]

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

  statement {
    sid       = "ProdInboundSmsToQueueSends"
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:role/prod-inbound-sms-to-queue"]
    }
  }
}

# inbound-sms-queue/policy
resource "aws_sqs_queue_policy" "inbound_sms_queue_policy" {
  policy    = data.aws_iam_policy_document.inbound_sms_queue_policy_document.json
  queue_url = aws_sqs_queue.inbound_sms_queue.url

  depends_on = [aws_iam_role.inbound_sms_sender]
}

# inbound-sms-queue/alarms/age
resource "aws_cloudwatch_metric_alarm" "inbound_sms_queue_alarms_age" {
  alarm_name          = "prod-inbound-sms-age"
  alarm_actions       = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  alarm_description   = "The oldest message of prod-inbound-sms has waited for more than 15 minutes: its consumer is down or too slow."
  comparison_operator = "GreaterThanThreshold"
  dimensions = {
    QueueName = "prod-inbound-sms"
  }
  evaluation_periods = 3
  metric_name        = "ApproximateAgeOfOldestMessage"
  namespace          = "AWS/SQS"
  ok_actions         = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  period             = 60
  statistic          = "Maximum"
  threshold          = 900
  treat_missing_data = "notBreaching"
}

# inbound-sms-queue/alarms/dead-letters
resource "aws_cloudwatch_metric_alarm" "inbound_sms_queue_alarms_dead_letters" {
  alarm_name          = "prod-inbound-sms-dead-letters"
  alarm_actions       = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  alarm_description   = "Messages of prod-inbound-sms were given up and wait in prod-inbound-sms-dead-letter."
  comparison_operator = "GreaterThanThreshold"
  dimensions = {
    QueueName = "prod-inbound-sms-dead-letter"
  }
  evaluation_periods = 1
  metric_name        = "ApproximateNumberOfMessagesVisible"
  namespace          = "AWS/SQS"
  ok_actions         = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

# inbound-sms-sender/trust
data "aws_iam_policy_document" "inbound_sms_sender_trust" {
  statement {
    sid     = "ApiGatewayAssumesThisRole"
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}

# inbound-sms-sender
resource "aws_iam_role" "inbound_sms_sender" {
  name               = "prod-inbound-sms-to-queue"
  description        = "Sends the callbacks of inbound-sms to prod-inbound-sms"
  assume_role_policy = data.aws_iam_policy_document.inbound_sms_sender_trust.json
}

# inbound-sms-sender/grants-document
data "aws_iam_policy_document" "inbound_sms_sender_grants_document" {
  statement {
    sid       = "SendToTheQueue"
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms"]
  }

  statement {
    sid    = "EncryptThroughTheQueueKey"
    effect = "Allow"
    actions = [
      "kms:GenerateDataKey",
      "kms:Decrypt",
    ]
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
}

# inbound-sms-sender/grants
resource "aws_iam_role_policy" "inbound_sms_sender_grants" {
  name   = "prod-inbound-sms-to-queue"
  policy = data.aws_iam_policy_document.inbound_sms_sender_grants_document.json
  role   = aws_iam_role.inbound_sms_sender.name
}

# api
resource "aws_api_gateway_rest_api" "api" {
  name                         = "prod-callback-receiver"
  description                  = "Receives callbacks of prod and puts them on queues"
  disable_execute_api_endpoint = false

  endpoint_configuration {
    ip_address_type = "dualstack"
    types           = ["REGIONAL"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

# api/policy-document
data "aws_iam_policy_document" "api_policy_document" {
  statement {
    sid     = "ListedAddressesCallDeliveryResults"
    effect  = "Allow"
    actions = ["execute-api:Invoke"]
    resources = [
      "arn:aws:execute-api:ap-northeast-2:444455556666:${aws_api_gateway_rest_api.api.id}/v1/POST/bizppurio/delivery-results",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "IpAddress"
      variable = "aws:SourceIp"
      values   = ["203.0.113.0/24"]
    }
  }

  statement {
    sid     = "NobodyElseCallsDeliveryResults"
    effect  = "Deny"
    actions = ["execute-api:Invoke"]
    resources = [
      "arn:aws:execute-api:ap-northeast-2:444455556666:${aws_api_gateway_rest_api.api.id}/v1/POST/bizppurio/delivery-results",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NotIpAddress"
      variable = "aws:SourceIp"
      values   = ["203.0.113.0/24"]
    }
  }

  statement {
    sid     = "ListedAddressesCallPaymentEvents"
    effect  = "Allow"
    actions = ["execute-api:Invoke"]
    resources = [
      "arn:aws:execute-api:ap-northeast-2:444455556666:${aws_api_gateway_rest_api.api.id}/v1/POST/payments/events",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "IpAddress"
      variable = "aws:SourceIp"
      values   = ["198.51.100.7/32", "2001:db8:7::/48"]
    }
  }

  statement {
    sid     = "NobodyElseCallsPaymentEvents"
    effect  = "Deny"
    actions = ["execute-api:Invoke"]
    resources = [
      "arn:aws:execute-api:ap-northeast-2:444455556666:${aws_api_gateway_rest_api.api.id}/v1/POST/payments/events",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NotIpAddress"
      variable = "aws:SourceIp"
      values   = ["198.51.100.7/32", "2001:db8:7::/48"]
    }
  }

  statement {
    sid     = "ListedAddressesCallInboundSms"
    effect  = "Allow"
    actions = ["execute-api:Invoke"]
    resources = [
      "arn:aws:execute-api:ap-northeast-2:444455556666:${aws_api_gateway_rest_api.api.id}/v1/POST/carrier/inbound-sms",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "IpAddress"
      variable = "aws:SourceIp"
      values   = ["198.51.100.0/26"]
    }
  }

  statement {
    sid     = "NobodyElseCallsInboundSms"
    effect  = "Deny"
    actions = ["execute-api:Invoke"]
    resources = [
      "arn:aws:execute-api:ap-northeast-2:444455556666:${aws_api_gateway_rest_api.api.id}/v1/POST/carrier/inbound-sms",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NotIpAddress"
      variable = "aws:SourceIp"
      values   = ["198.51.100.0/26"]
    }
  }
}

# api/policy
resource "aws_api_gateway_rest_api_policy" "api_policy" {
  policy      = data.aws_iam_policy_document.api_policy_document.json
  rest_api_id = aws_api_gateway_rest_api.api.id
}

# api/gateway-responses/bad_request_body
resource "aws_api_gateway_gateway_response" "api_gateway_responses_bad_request_body" {
  response_templates = {
    "application/json" = "{\"message\":$context.error.messageString,\"validation\":\"$context.error.validationErrorString\",\"requestId\":\"$context.requestId\"}"
  }
  response_type = "BAD_REQUEST_BODY"
  rest_api_id   = aws_api_gateway_rest_api.api.id
  status_code   = "400"
}

# api/gateway-responses/bad_request_parameters
resource "aws_api_gateway_gateway_response" "api_gateway_responses_bad_request_parameters" {
  response_templates = {
    "application/json" = "{\"message\":$context.error.messageString,\"requestId\":\"$context.requestId\"}"
  }
  response_type = "BAD_REQUEST_PARAMETERS"
  rest_api_id   = aws_api_gateway_rest_api.api.id
  status_code   = "400"
}

# api/gateway-responses/access_denied
resource "aws_api_gateway_gateway_response" "api_gateway_responses_access_denied" {
  response_templates = {
    "application/json" = jsonencode({
      message   = "This address may not call this API"
      requestId = "$context.requestId"
    })
  }
  response_type = "ACCESS_DENIED"
  rest_api_id   = aws_api_gateway_rest_api.api.id
  status_code   = "403"
}

# api/gateway-responses/missing_authentication_token
resource "aws_api_gateway_gateway_response" "api_gateway_responses_missing_authentication_token" {
  response_templates = {
    "application/json" = jsonencode({
      message   = "No such route"
      requestId = "$context.requestId"
    })
  }
  response_type = "MISSING_AUTHENTICATION_TOKEN"
  rest_api_id   = aws_api_gateway_rest_api.api.id
  status_code   = "404"
}

# api/gateway-responses/request_too_large
resource "aws_api_gateway_gateway_response" "api_gateway_responses_request_too_large" {
  response_templates = {
    "application/json" = jsonencode({
      message   = "The body is too large"
      requestId = "$context.requestId"
    })
  }
  response_type = "REQUEST_TOO_LARGE"
  rest_api_id   = aws_api_gateway_rest_api.api.id
  status_code   = "413"
}

# api/gateway-responses/unsupported_media_type
resource "aws_api_gateway_gateway_response" "api_gateway_responses_unsupported_media_type" {
  response_templates = {
    "application/json" = jsonencode({
      message   = "This Content-Type is not accepted"
      requestId = "$context.requestId"
    })
  }
  response_type = "UNSUPPORTED_MEDIA_TYPE"
  rest_api_id   = aws_api_gateway_rest_api.api.id
  status_code   = "415"
}

# api/gateway-responses/throttled
resource "aws_api_gateway_gateway_response" "api_gateway_responses_throttled" {
  response_templates = {
    "application/json" = jsonencode({
      message   = "Too many requests, try again later"
      requestId = "$context.requestId"
    })
  }
  response_type = "THROTTLED"
  rest_api_id   = aws_api_gateway_rest_api.api.id
  status_code   = "429"
}

# api/gateway-responses/default_4xx
resource "aws_api_gateway_gateway_response" "api_gateway_responses_default_4xx" {
  response_templates = {
    "application/json" = "{\"message\":$context.error.messageString,\"requestId\":\"$context.requestId\"}"
  }
  response_type = "DEFAULT_4XX"
  rest_api_id   = aws_api_gateway_rest_api.api.id
}

# api/gateway-responses/default_5xx
resource "aws_api_gateway_gateway_response" "api_gateway_responses_default_5xx" {
  response_templates = {
    "application/json" = jsonencode({
      message   = "Not confirmed as accepted, try again later"
      requestId = "$context.requestId"
    })
  }
  response_type = "DEFAULT_5XX"
  rest_api_id   = aws_api_gateway_rest_api.api.id
}

# api/validator
resource "aws_api_gateway_request_validator" "api_validator" {
  name                        = "body-and-parameters"
  rest_api_id                 = aws_api_gateway_rest_api.api.id
  validate_request_body       = true
  validate_request_parameters = true
}

# api/paths/bizppurio
resource "aws_api_gateway_resource" "api_paths_bizppurio" {
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "bizppurio"
  rest_api_id = aws_api_gateway_rest_api.api.id
}

# api/paths/bizppurio__delivery-results
resource "aws_api_gateway_resource" "api_paths_bizppurio__delivery_results" {
  parent_id   = aws_api_gateway_resource.api_paths_bizppurio.id
  path_part   = "delivery-results"
  rest_api_id = aws_api_gateway_rest_api.api.id
}

# api/paths/payments
resource "aws_api_gateway_resource" "api_paths_payments" {
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "payments"
  rest_api_id = aws_api_gateway_rest_api.api.id
}

# api/paths/payments__events
resource "aws_api_gateway_resource" "api_paths_payments__events" {
  parent_id   = aws_api_gateway_resource.api_paths_payments.id
  path_part   = "events"
  rest_api_id = aws_api_gateway_rest_api.api.id
}

# api/paths/carrier
resource "aws_api_gateway_resource" "api_paths_carrier" {
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "carrier"
  rest_api_id = aws_api_gateway_rest_api.api.id
}

# api/paths/carrier__inbound-sms
resource "aws_api_gateway_resource" "api_paths_carrier__inbound_sms" {
  parent_id   = aws_api_gateway_resource.api_paths_carrier.id
  path_part   = "inbound-sms"
  rest_api_id = aws_api_gateway_rest_api.api.id
}

# api/delivery-results-route/model
resource "aws_api_gateway_model" "api_delivery_results_route_model" {
  name         = "DeliveryResults"
  description  = "Body of delivery-results"
  content_type = "application/json"
  rest_api_id  = aws_api_gateway_rest_api.api.id
  schema = jsonencode({
    "$schema" = "http://json-schema.org/draft-04/schema#"
    properties = {
      CMSGID = {
        minLength = 1
        type      = "string"
      }
      DEVICE = {
        minLength = 1
        type      = "string"
      }
      KAORES = {
        type = "string"
      }
      KAOTIME = {
        type = "string"
      }
      MEDIA = {
        enum = [
          "SMS",
          "ISM",
          "VDO",
          "MMS",
          "LMS",
          "ILM",
          "FSI",
          "FSD",
          "VMC",
          "VMW",
          "WAP",
          "KAT",
          "KFT",
          "KFP",
          "KFW",
          "RSS",
          "RLS",
          "RMS",
          "RTS",
        ]
      }
      MSGID = {
        minLength = 1
        type      = "string"
      }
      PHONE = {
        minLength = 1
        type      = "string"
      }
      RCSRES = {
        type = "string"
      }
      RCSTIME = {
        type = "string"
      }
      REFKEY = {
        type = "string"
      }
      RESEND_FLAG = {
        type = "string"
      }
      RESULT = {
        minLength = 1
        type      = "string"
      }
      RETRY_FLAG = {
        type = "string"
      }
      TELRES = {
        type = "string"
      }
      TELTIME = {
        type = "string"
      }
      TO_NAME = {
        type = "string"
      }
      UNIXTIME = {
        pattern = "^[0-9]{1,13}$"
        type    = "string"
      }
      USERDATA = {
        type = "string"
      }
      WAPINFO = {
        type = "string"
      }
    }
    required = [
      "DEVICE",
      "CMSGID",
      "MSGID",
      "PHONE",
      "MEDIA",
      "UNIXTIME",
      "RESULT",
    ]
    title = "BizppurioDeliveryResult"
    type  = "object"
  })
}

# api/delivery-results-route/method
resource "aws_api_gateway_method" "api_delivery_results_route_method" {
  authorization = "NONE"
  http_method   = "POST"
  request_models = {
    "application/json" = aws_api_gateway_model.api_delivery_results_route_model.name
  }
  request_parameters = {
    "method.request.header.Content-Type" = true
  }
  request_validator_id = aws_api_gateway_request_validator.api_validator.id
  resource_id          = aws_api_gateway_resource.api_paths_bizppurio__delivery_results.id
  rest_api_id          = aws_api_gateway_rest_api.api.id
}

# api/delivery-results-route/integration
resource "aws_api_gateway_integration" "api_delivery_results_route_integration" {
  type                    = "AWS"
  credentials             = aws_iam_role.delivery_results_sender.arn
  http_method             = aws_api_gateway_method.api_delivery_results_route_method.http_method
  integration_http_method = "POST"
  passthrough_behavior    = "NEVER"
  request_parameters = {
    "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'"
  }
  request_templates = {
    "application/json" = "Action=SendMessage#set($header1 = \"\")#foreach($name in $input.params().header.keySet())#if($name.toLowerCase() == \"content-type\")#set($header1 = $input.params().header.get($name))#end#end&MessageBody=$util.urlEncode($input.body)&MessageAttribute.1.Name=requestId&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=$util.urlEncode($context.requestId)&MessageAttribute.2.Name=sourceIp&MessageAttribute.2.Value.DataType=String&MessageAttribute.2.Value.StringValue=$util.urlEncode($context.identity.sourceIp)&MessageAttribute.3.Name=receivedAt&MessageAttribute.3.Value.DataType=Number&MessageAttribute.3.Value.StringValue=$util.urlEncode($context.requestTimeEpoch)&MessageAttribute.4.Name=contentType&MessageAttribute.4.Value.DataType=String&MessageAttribute.4.Value.StringValue=$util.urlEncode($header1)"
  }
  resource_id = aws_api_gateway_resource.api_paths_bizppurio__delivery_results.id
  rest_api_id = aws_api_gateway_rest_api.api.id
  uri         = "arn:aws:apigateway:ap-northeast-2:sqs:path/444455556666/prod-delivery-results"

  depends_on = [
    aws_iam_role_policy.delivery_results_sender_grants,
    aws_sqs_queue_policy.delivery_results_queue_policy,
    aws_sqs_queue_redrive_policy.delivery_results_queue_redrive,
    aws_kms_alias.key_alias,
  ]
}

# api/delivery-results-route/method-response-200
resource "aws_api_gateway_method_response" "api_delivery_results_route_method_response_200" {
  http_method = aws_api_gateway_method.api_delivery_results_route_method.http_method
  resource_id = aws_api_gateway_resource.api_paths_bizppurio__delivery_results.id
  rest_api_id = aws_api_gateway_rest_api.api.id
  status_code = "200"
}

# api/delivery-results-route/integration-response-200
resource "aws_api_gateway_integration_response" "api_delivery_results_route_integration_response_200" {
  http_method = aws_api_gateway_integration.api_delivery_results_route_integration.http_method
  resource_id = aws_api_gateway_resource.api_paths_bizppurio__delivery_results.id
  response_templates = {
    "application/json" = "#set($nothing = \"\")"
  }
  rest_api_id       = aws_api_gateway_rest_api.api.id
  selection_pattern = "2\\d{2}"
  status_code       = aws_api_gateway_method_response.api_delivery_results_route_method_response_200.status_code
}

# api/delivery-results-route/method-response-502
resource "aws_api_gateway_method_response" "api_delivery_results_route_method_response_502" {
  http_method = aws_api_gateway_method.api_delivery_results_route_method.http_method
  resource_id = aws_api_gateway_resource.api_paths_bizppurio__delivery_results.id
  rest_api_id = aws_api_gateway_rest_api.api.id
  status_code = "502"
}

# api/delivery-results-route/integration-response-502
resource "aws_api_gateway_integration_response" "api_delivery_results_route_integration_response_502" {
  http_method = aws_api_gateway_integration.api_delivery_results_route_integration.http_method
  resource_id = aws_api_gateway_resource.api_paths_bizppurio__delivery_results.id
  response_templates = {
    "application/json" = "#if($input.body.contains(\"must be shorter than\"))#set($context.responseOverride.status = 413){\"message\":\"The body is larger than the queue takes\",\"requestId\":\"$context.requestId\"}#elseif($input.body.contains(\"InvalidMessageContents\") || $input.body.contains(\"InvalidParameterValue\") || $input.body.contains(\"MissingParameter\"))#set($context.responseOverride.status = 400){\"message\":\"The queue cannot take this message\",\"requestId\":\"$context.requestId\"}#else{\"message\":\"Not accepted, try again later\",\"requestId\":\"$context.requestId\"}#end"
  }
  rest_api_id = aws_api_gateway_rest_api.api.id
  status_code = aws_api_gateway_method_response.api_delivery_results_route_method_response_502.status_code
}

# api/payment-events-route/model
resource "aws_api_gateway_model" "api_payment_events_route_model" {
  name         = "PaymentEvents"
  description  = "Body of payment-events"
  content_type = "application/json"
  rest_api_id  = aws_api_gateway_rest_api.api.id
  schema = jsonencode({
    "$schema" = "http://json-schema.org/draft-04/schema#"
    properties = {
      eventId = {
        pattern = "^[!-~]{1,128}$"
        type    = "string"
      }
      orderId = {
        pattern = "^[!-~]{1,128}$"
        type    = "string"
      }
      status = {
        enum = ["authorized", "captured", "refunded", "failed"]
      }
    }
    required = ["eventId", "orderId", "status"]
    type     = "object"
  })
}

# api/payment-events-route/method
resource "aws_api_gateway_method" "api_payment_events_route_method" {
  authorization = "NONE"
  http_method   = "POST"
  request_models = {
    "application/json" = aws_api_gateway_model.api_payment_events_route_model.name
  }
  request_parameters = {
    "method.request.header.Content-Type" = true
    "method.request.header.X-Signature"  = true
  }
  request_validator_id = aws_api_gateway_request_validator.api_validator.id
  resource_id          = aws_api_gateway_resource.api_paths_payments__events.id
  rest_api_id          = aws_api_gateway_rest_api.api.id
}

# api/payment-events-route/integration
resource "aws_api_gateway_integration" "api_payment_events_route_integration" {
  type                    = "AWS"
  credentials             = aws_iam_role.payment_events_sender.arn
  http_method             = aws_api_gateway_method.api_payment_events_route_method.http_method
  integration_http_method = "POST"
  passthrough_behavior    = "NEVER"
  request_parameters = {
    "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'"
  }
  request_templates = {
    "application/json" = "Action=SendMessage#set($header1 = \"\")#set($header2 = \"\")#foreach($name in $input.params().header.keySet())#if($name.toLowerCase() == \"content-type\")#set($header1 = $input.params().header.get($name))#elseif($name.toLowerCase() == \"x-signature\")#set($header2 = $input.params().header.get($name))#end#end&MessageBody=$util.urlEncode($input.body)&MessageGroupId=$util.urlEncode($input.path('$.orderId'))&MessageDeduplicationId=$util.urlEncode($input.path('$.eventId'))&MessageAttribute.1.Name=requestId&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=$util.urlEncode($context.requestId)&MessageAttribute.2.Name=sourceIp&MessageAttribute.2.Value.DataType=String&MessageAttribute.2.Value.StringValue=$util.urlEncode($context.identity.sourceIp)&MessageAttribute.3.Name=receivedAt&MessageAttribute.3.Value.DataType=Number&MessageAttribute.3.Value.StringValue=$util.urlEncode($context.requestTimeEpoch)&MessageAttribute.4.Name=contentType&MessageAttribute.4.Value.DataType=String&MessageAttribute.4.Value.StringValue=$util.urlEncode($header1)&MessageAttribute.5.Name=signature&MessageAttribute.5.Value.DataType=String&MessageAttribute.5.Value.StringValue=$util.urlEncode($header2)"
  }
  resource_id = aws_api_gateway_resource.api_paths_payments__events.id
  rest_api_id = aws_api_gateway_rest_api.api.id
  uri         = "arn:aws:apigateway:ap-northeast-2:sqs:path/444455556666/prod-payment-events.fifo"

  depends_on = [
    aws_iam_role_policy.payment_events_sender_grants,
    aws_sqs_queue_policy.payment_events_queue_policy,
    aws_sqs_queue_redrive_policy.payment_events_queue_redrive,
    aws_kms_alias.key_alias,
  ]
}

# api/payment-events-route/method-response-200
resource "aws_api_gateway_method_response" "api_payment_events_route_method_response_200" {
  http_method = aws_api_gateway_method.api_payment_events_route_method.http_method
  resource_id = aws_api_gateway_resource.api_paths_payments__events.id
  rest_api_id = aws_api_gateway_rest_api.api.id
  status_code = "200"
}

# api/payment-events-route/integration-response-200
resource "aws_api_gateway_integration_response" "api_payment_events_route_integration_response_200" {
  http_method = aws_api_gateway_integration.api_payment_events_route_integration.http_method
  resource_id = aws_api_gateway_resource.api_paths_payments__events.id
  response_templates = {
    "application/json" = jsonencode({
      messageId = "$input.path('$.SendMessageResponse.SendMessageResult.MessageId')"
    })
  }
  rest_api_id       = aws_api_gateway_rest_api.api.id
  selection_pattern = "2\\d{2}"
  status_code       = aws_api_gateway_method_response.api_payment_events_route_method_response_200.status_code
}

# api/payment-events-route/method-response-502
resource "aws_api_gateway_method_response" "api_payment_events_route_method_response_502" {
  http_method = aws_api_gateway_method.api_payment_events_route_method.http_method
  resource_id = aws_api_gateway_resource.api_paths_payments__events.id
  rest_api_id = aws_api_gateway_rest_api.api.id
  status_code = "502"
}

# api/payment-events-route/integration-response-502
resource "aws_api_gateway_integration_response" "api_payment_events_route_integration_response_502" {
  http_method = aws_api_gateway_integration.api_payment_events_route_integration.http_method
  resource_id = aws_api_gateway_resource.api_paths_payments__events.id
  response_templates = {
    "application/json" = "#if($input.body.contains(\"must be shorter than\"))#set($context.responseOverride.status = 413){\"message\":\"The body is larger than the queue takes\",\"requestId\":\"$context.requestId\"}#elseif($input.body.contains(\"InvalidMessageContents\") || $input.body.contains(\"InvalidParameterValue\") || $input.body.contains(\"MissingParameter\"))#set($context.responseOverride.status = 400){\"message\":\"The queue cannot take this message\",\"requestId\":\"$context.requestId\"}#else{\"message\":\"Not accepted, try again later\",\"requestId\":\"$context.requestId\"}#end"
  }
  rest_api_id = aws_api_gateway_rest_api.api.id
  status_code = aws_api_gateway_method_response.api_payment_events_route_method_response_502.status_code
}

# api/inbound-sms-route/model
resource "aws_api_gateway_model" "api_inbound_sms_route_model" {
  name         = "InboundSms"
  description  = "Body of inbound-sms"
  content_type = "application/json"
  rest_api_id  = aws_api_gateway_rest_api.api.id
  schema = jsonencode({
    "$schema" = "http://json-schema.org/draft-04/schema#"
    required  = ["from", "text"]
    type      = "object"
  })
}

# api/inbound-sms-route/method
resource "aws_api_gateway_method" "api_inbound_sms_route_method" {
  authorization = "NONE"
  http_method   = "POST"
  request_models = {
    "application/json" = aws_api_gateway_model.api_inbound_sms_route_model.name
  }
  request_parameters = {
    "method.request.header.Content-Type" = true
    "method.request.header.X-Carrier-Id" = false
  }
  request_validator_id = aws_api_gateway_request_validator.api_validator.id
  resource_id          = aws_api_gateway_resource.api_paths_carrier__inbound_sms.id
  rest_api_id          = aws_api_gateway_rest_api.api.id
}

# api/inbound-sms-route/integration
resource "aws_api_gateway_integration" "api_inbound_sms_route_integration" {
  type                    = "AWS"
  credentials             = aws_iam_role.inbound_sms_sender.arn
  http_method             = aws_api_gateway_method.api_inbound_sms_route_method.http_method
  integration_http_method = "POST"
  passthrough_behavior    = "NEVER"
  request_parameters = {
    "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'"
  }
  request_templates = {
    "application/json"                  = "Action=SendMessage#set($header1 = \"\")#set($header2 = \"\")#foreach($name in $input.params().header.keySet())#if($name.toLowerCase() == \"content-type\")#set($header1 = $input.params().header.get($name))#elseif($name.toLowerCase() == \"x-carrier-id\")#set($header2 = $input.params().header.get($name))#end#end&MessageBody=$util.urlEncode($input.body)&MessageAttribute.1.Name=requestId&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=$util.urlEncode($context.requestId)&MessageAttribute.2.Name=sourceIp&MessageAttribute.2.Value.DataType=String&MessageAttribute.2.Value.StringValue=$util.urlEncode($context.identity.sourceIp)&MessageAttribute.3.Name=receivedAt&MessageAttribute.3.Value.DataType=Number&MessageAttribute.3.Value.StringValue=$util.urlEncode($context.requestTimeEpoch)&MessageAttribute.4.Name=contentType&MessageAttribute.4.Value.DataType=String&MessageAttribute.4.Value.StringValue=$util.urlEncode($header1)#set($n = 4)#if($header2 != \"\")#set($n = $n + 1)&MessageAttribute.$${n}.Name=carrierId&MessageAttribute.$${n}.Value.DataType=String&MessageAttribute.$${n}.Value.StringValue=$util.urlEncode($header2)#end"
    "application/x-www-form-urlencoded" = "Action=SendMessage#set($header1 = \"\")#set($header2 = \"\")#foreach($name in $input.params().header.keySet())#if($name.toLowerCase() == \"content-type\")#set($header1 = $input.params().header.get($name))#elseif($name.toLowerCase() == \"x-carrier-id\")#set($header2 = $input.params().header.get($name))#end#end&MessageBody=$util.urlEncode($input.body)&MessageAttribute.1.Name=requestId&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=$util.urlEncode($context.requestId)&MessageAttribute.2.Name=sourceIp&MessageAttribute.2.Value.DataType=String&MessageAttribute.2.Value.StringValue=$util.urlEncode($context.identity.sourceIp)&MessageAttribute.3.Name=receivedAt&MessageAttribute.3.Value.DataType=Number&MessageAttribute.3.Value.StringValue=$util.urlEncode($context.requestTimeEpoch)&MessageAttribute.4.Name=contentType&MessageAttribute.4.Value.DataType=String&MessageAttribute.4.Value.StringValue=$util.urlEncode($header1)#set($n = 4)#if($header2 != \"\")#set($n = $n + 1)&MessageAttribute.$${n}.Name=carrierId&MessageAttribute.$${n}.Value.DataType=String&MessageAttribute.$${n}.Value.StringValue=$util.urlEncode($header2)#end"
    "text/plain"                        = "Action=SendMessage#set($header1 = \"\")#set($header2 = \"\")#foreach($name in $input.params().header.keySet())#if($name.toLowerCase() == \"content-type\")#set($header1 = $input.params().header.get($name))#elseif($name.toLowerCase() == \"x-carrier-id\")#set($header2 = $input.params().header.get($name))#end#end&MessageBody=$util.urlEncode($input.body)&MessageAttribute.1.Name=requestId&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=$util.urlEncode($context.requestId)&MessageAttribute.2.Name=sourceIp&MessageAttribute.2.Value.DataType=String&MessageAttribute.2.Value.StringValue=$util.urlEncode($context.identity.sourceIp)&MessageAttribute.3.Name=receivedAt&MessageAttribute.3.Value.DataType=Number&MessageAttribute.3.Value.StringValue=$util.urlEncode($context.requestTimeEpoch)&MessageAttribute.4.Name=contentType&MessageAttribute.4.Value.DataType=String&MessageAttribute.4.Value.StringValue=$util.urlEncode($header1)#set($n = 4)#if($header2 != \"\")#set($n = $n + 1)&MessageAttribute.$${n}.Name=carrierId&MessageAttribute.$${n}.Value.DataType=String&MessageAttribute.$${n}.Value.StringValue=$util.urlEncode($header2)#end"
  }
  resource_id = aws_api_gateway_resource.api_paths_carrier__inbound_sms.id
  rest_api_id = aws_api_gateway_rest_api.api.id
  uri         = "arn:aws:apigateway:ap-northeast-2:sqs:path/444455556666/prod-inbound-sms"

  depends_on = [
    aws_iam_role_policy.inbound_sms_sender_grants,
    aws_sqs_queue_policy.inbound_sms_queue_policy,
    aws_sqs_queue_redrive_policy.inbound_sms_queue_redrive,
    aws_kms_alias.key_alias,
  ]
}

# api/inbound-sms-route/method-response-200
resource "aws_api_gateway_method_response" "api_inbound_sms_route_method_response_200" {
  http_method = aws_api_gateway_method.api_inbound_sms_route_method.http_method
  resource_id = aws_api_gateway_resource.api_paths_carrier__inbound_sms.id
  rest_api_id = aws_api_gateway_rest_api.api.id
  status_code = "200"
}

# api/inbound-sms-route/integration-response-200
resource "aws_api_gateway_integration_response" "api_inbound_sms_route_integration_response_200" {
  http_method = aws_api_gateway_integration.api_inbound_sms_route_integration.http_method
  resource_id = aws_api_gateway_resource.api_paths_carrier__inbound_sms.id
  response_templates = {
    "application/json" = "#set($nothing = \"\")"
  }
  rest_api_id       = aws_api_gateway_rest_api.api.id
  selection_pattern = "2\\d{2}"
  status_code       = aws_api_gateway_method_response.api_inbound_sms_route_method_response_200.status_code
}

# api/inbound-sms-route/method-response-502
resource "aws_api_gateway_method_response" "api_inbound_sms_route_method_response_502" {
  http_method = aws_api_gateway_method.api_inbound_sms_route_method.http_method
  resource_id = aws_api_gateway_resource.api_paths_carrier__inbound_sms.id
  rest_api_id = aws_api_gateway_rest_api.api.id
  status_code = "502"
}

# api/inbound-sms-route/integration-response-502
resource "aws_api_gateway_integration_response" "api_inbound_sms_route_integration_response_502" {
  http_method = aws_api_gateway_integration.api_inbound_sms_route_integration.http_method
  resource_id = aws_api_gateway_resource.api_paths_carrier__inbound_sms.id
  response_templates = {
    "application/json" = "#if($input.body.contains(\"must be shorter than\"))#set($context.responseOverride.status = 413){\"message\":\"The body is larger than the queue takes\",\"requestId\":\"$context.requestId\"}#elseif($input.body.contains(\"InvalidMessageContents\") || $input.body.contains(\"InvalidParameterValue\") || $input.body.contains(\"MissingParameter\"))#set($context.responseOverride.status = 400){\"message\":\"The queue cannot take this message\",\"requestId\":\"$context.requestId\"}#else{\"message\":\"Not accepted, try again later\",\"requestId\":\"$context.requestId\"}#end"
  }
  rest_api_id = aws_api_gateway_rest_api.api.id
  status_code = aws_api_gateway_method_response.api_inbound_sms_route_method_response_502.status_code
}

# stage/deployment
resource "aws_api_gateway_deployment" "stage_deployment" {
  description = "prod-callback-receiver, configuration 9065c14bea88a6d67264a80849590625b7f86cb24e98eb8918fd4f3116413568"
  rest_api_id = aws_api_gateway_rest_api.api.id
  triggers = {
    configuration = "9065c14bea88a6d67264a80849590625b7f86cb24e98eb8918fd4f3116413568"
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [
    aws_api_gateway_rest_api_policy.api_policy,
    aws_api_gateway_gateway_response.api_gateway_responses_bad_request_body,
    aws_api_gateway_gateway_response.api_gateway_responses_bad_request_parameters,
    aws_api_gateway_gateway_response.api_gateway_responses_access_denied,
    aws_api_gateway_gateway_response.api_gateway_responses_missing_authentication_token,
    aws_api_gateway_gateway_response.api_gateway_responses_request_too_large,
    aws_api_gateway_gateway_response.api_gateway_responses_unsupported_media_type,
    aws_api_gateway_gateway_response.api_gateway_responses_throttled,
    aws_api_gateway_gateway_response.api_gateway_responses_default_4xx,
    aws_api_gateway_gateway_response.api_gateway_responses_default_5xx,
    aws_api_gateway_integration_response.api_delivery_results_route_integration_response_200,
    aws_api_gateway_integration_response.api_delivery_results_route_integration_response_502,
    aws_api_gateway_integration_response.api_payment_events_route_integration_response_200,
    aws_api_gateway_integration_response.api_payment_events_route_integration_response_502,
    aws_api_gateway_integration_response.api_inbound_sms_route_integration_response_200,
    aws_api_gateway_integration_response.api_inbound_sms_route_integration_response_502,
  ]
}

# stage/access-log
resource "aws_cloudwatch_log_group" "stage_access_log" {
  name              = "/aws/apigateway/prod-callback-receiver"
  kms_key_id        = aws_kms_key.key.arn
  retention_in_days = 365
}

# stage
resource "aws_api_gateway_stage" "stage" {
  deployment_id        = aws_api_gateway_deployment.stage_deployment.id
  rest_api_id          = aws_api_gateway_rest_api.api.id
  stage_name           = "v1"
  xray_tracing_enabled = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.stage_access_log.arn
    format = jsonencode({
      errorMessage       = "$context.error.message"
      errorType          = "$context.error.responseType"
      extendedRequestId  = "$context.extendedRequestId"
      httpMethod         = "$context.httpMethod"
      integrationError   = "$context.integrationErrorMessage"
      integrationLatency = "$context.integrationLatency"
      integrationStatus  = "$context.integration.status"
      path               = "$context.path"
      requestId          = "$context.requestId"
      requestTimeEpoch   = "$context.requestTimeEpoch"
      resourcePath       = "$context.resourcePath"
      responseLatency    = "$context.responseLatency"
      responseLength     = "$context.responseLength"
      sourceIp           = "$context.identity.sourceIp"
      status             = "$context.status"
      userAgent          = "$context.identity.userAgent"
      xrayTraceId        = "$context.xrayTraceId"
    })
  }
}

# stage/settings
resource "aws_api_gateway_method_settings" "stage_settings" {
  method_path = "*/*"
  rest_api_id = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.stage.stage_name

  settings {
    data_trace_enabled     = false
    logging_level          = "ERROR"
    metrics_enabled        = true
    throttling_burst_limit = 1000
    throttling_rate_limit  = 500
  }
}

output "callback_urls" {
  description = "Where the senders post to"
  value = {
    delivery-results = "${aws_api_gateway_stage.stage.invoke_url}/bizppurio/delivery-results"
    payment-events   = "${aws_api_gateway_stage.stage.invoke_url}/payments/events"
    inbound-sms      = "${aws_api_gateway_stage.stage.invoke_url}/carrier/inbound-sms"
  }
}

output "queue_arns" {
  description = "The queues of the callbacks"
  value = {
    delivery-results = "arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results"
    payment-events   = "arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events.fifo"
    inbound-sms      = "arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms"
  }
}

output "queue_urls" {
  description = "The queues of the callbacks, as SDKs want them"
  value = {
    delivery-results = "https://sqs.ap-northeast-2.amazonaws.com/444455556666/prod-delivery-results"
    payment-events   = "https://sqs.ap-northeast-2.amazonaws.com/444455556666/prod-payment-events.fifo"
    inbound-sms      = "https://sqs.ap-northeast-2.amazonaws.com/444455556666/prod-inbound-sms"
  }
}
