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
      name    = "prod-websocket-reply"
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
      stack       = "prod-websocket-reply"
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
        "arn:aws:logs:ap-northeast-2:444455556666:log-group:/aws/apigateway/prod-websocket-reply",
        "arn:aws:logs:ap-northeast-2:444455556666:log-group:/aws/lambda/prod-websocket-reply",
      ]
    }
  }
}

# key
resource "aws_kms_key" "key" {
  description             = "Encrypts the queues, logs and variables of prod-websocket-reply"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy                  = data.aws_iam_policy_document.key_policy.json
}

# key/alias
resource "aws_kms_alias" "key_alias" {
  name          = "alias/prod-websocket-reply"
  target_key_id = aws_kms_key.key.key_id
}

# messages/dead-letter
resource "aws_sqs_queue" "messages_dead_letter" {
  name                      = "prod-websocket-messages-dead-letter.fifo"
  fifo_queue                = true
  kms_master_key_id         = aws_kms_key.key.arn
  max_message_size          = 262144
  message_retention_seconds = 1209600
}

# messages/dead-letter/redrive-allow
resource "aws_sqs_queue_redrive_allow_policy" "messages_dead_letter_redrive_allow" {
  queue_url = aws_sqs_queue.messages_dead_letter.url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages.fifo"]
  })
}

# messages/dead-letter/policy/document
data "aws_iam_policy_document" "messages_dead_letter_policy_document" {
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
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages-dead-letter.fifo"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }

  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages-dead-letter.fifo"]

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

# messages/dead-letter/policy
resource "aws_sqs_queue_policy" "messages_dead_letter_policy" {
  policy    = data.aws_iam_policy_document.messages_dead_letter_policy_document.json
  queue_url = aws_sqs_queue.messages_dead_letter.url
}

# messages
resource "aws_sqs_queue" "messages" {
  name                       = "prod-websocket-messages.fifo"
  deduplication_scope        = "messageGroup"
  fifo_queue                 = true
  fifo_throughput_limit      = "perMessageGroupId"
  kms_master_key_id          = aws_kms_key.key.arn
  max_message_size           = 262144
  message_retention_seconds  = 604800
  visibility_timeout_seconds = 180
}

# messages/redrive
resource "aws_sqs_queue_redrive_policy" "messages_redrive" {
  queue_url = aws_sqs_queue.messages.url
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages-dead-letter.fifo"
    maxReceiveCount     = 5
  })

  depends_on = [aws_sqs_queue.messages_dead_letter]
}

# messages/policy/document
data "aws_iam_policy_document" "messages_policy_document" {
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
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages.fifo"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }

  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages.fifo"]

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
    sid       = "ProdWebsocketMessagesToQueueSends"
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages.fifo"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:role/prod-websocket-messages-to-queue"]
    }
  }
}

# messages/policy
resource "aws_sqs_queue_policy" "messages_policy" {
  policy    = data.aws_iam_policy_document.messages_policy_document.json
  queue_url = aws_sqs_queue.messages.url

  depends_on = [aws_iam_role.sender]
}

# messages/alarms/age
resource "aws_cloudwatch_metric_alarm" "messages_alarms_age" {
  alarm_name          = "prod-websocket-messages.fifo-age"
  alarm_actions       = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  alarm_description   = "The oldest message of prod-websocket-messages.fifo has waited for more than 15 minutes: its consumer is down or too slow."
  comparison_operator = "GreaterThanThreshold"
  dimensions = {
    QueueName = "prod-websocket-messages.fifo"
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

# messages/alarms/dead-letters
resource "aws_cloudwatch_metric_alarm" "messages_alarms_dead_letters" {
  alarm_name          = "prod-websocket-messages.fifo-dead-letters"
  alarm_actions       = ["arn:aws:sns:ap-northeast-2:444455556666:on-call"]
  alarm_description   = "Messages of prod-websocket-messages.fifo were given up and wait in prod-websocket-messages-dead-letter.fifo."
  comparison_operator = "GreaterThanThreshold"
  dimensions = {
    QueueName = "prod-websocket-messages-dead-letter.fifo"
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

# sender/trust
data "aws_iam_policy_document" "sender_trust" {
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

# sender
resource "aws_iam_role" "sender" {
  name               = "prod-websocket-messages-to-queue"
  description        = "Sends messages of WebSocket clients to prod-websocket-messages.fifo"
  assume_role_policy = data.aws_iam_policy_document.sender_trust.json
}

# sender/grants-document
data "aws_iam_policy_document" "sender_grants_document" {
  statement {
    sid       = "SendToTheQueue"
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages.fifo"]
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
      values   = ["alias/prod-websocket-reply"]
    }

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["sqs.ap-northeast-2.amazonaws.com"]
    }
  }
}

# sender/grants
resource "aws_iam_role_policy" "sender_grants" {
  name   = "prod-websocket-messages-to-queue"
  policy = data.aws_iam_policy_document.sender_grants_document.json
  role   = aws_iam_role.sender.name
}

# api
resource "aws_apigatewayv2_api" "api" {
  name                       = "prod-websocket-reply"
  description                = "Puts messages of the WebSocket clients of prod on a queue"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

# api/default-route/integration
resource "aws_apigatewayv2_integration" "api_default_route_integration" {
  api_id               = aws_apigatewayv2_api.api.id
  credentials_arn      = aws_iam_role.sender.arn
  integration_method   = "POST"
  integration_type     = "AWS"
  integration_uri      = "arn:aws:apigateway:ap-northeast-2:sqs:path/444455556666/prod-websocket-messages.fifo"
  passthrough_behavior = "NEVER"
  request_parameters = {
    "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'"
  }
  request_templates = {
    "$default" = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)&MessageGroupId=$util.urlEncode($input.path('$.MessageGroupId'))&MessageDeduplicationId=$util.urlEncode($context.requestId)&MessageAttribute.1.Name=connectionId&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=$util.urlEncode($context.connectionId)&MessageAttribute.2.Name=requestId&MessageAttribute.2.Value.DataType=String&MessageAttribute.2.Value.StringValue=$util.urlEncode($context.requestId)"
  }
  template_selection_expression = "\\$default"

  depends_on = [
    aws_iam_role_policy.sender_grants,
    aws_sqs_queue_policy.messages_policy,
    aws_sqs_queue_redrive_policy.messages_redrive,
    aws_kms_alias.key_alias,
  ]
}

# api/default-route/model
resource "aws_apigatewayv2_model" "api_default_route_model" {
  name         = "Message"
  description  = "A message that SQS can take: its ids are in the body"
  api_id       = aws_apigatewayv2_api.api.id
  content_type = "application/json"
  schema = jsonencode({
    "$schema" = "http://json-schema.org/draft-04/schema#"
    properties = {
      MessageGroupId = {
        pattern = "^[!-~]{1,128}$"
        type    = "string"
      }
    }
    required = ["MessageGroupId"]
    type     = "object"
  })
}

# api/default-route
resource "aws_apigatewayv2_route" "api_default_route" {
  api_id                     = aws_apigatewayv2_api.api.id
  model_selection_expression = "\\$default"
  request_models = {
    "$default" = aws_apigatewayv2_model.api_default_route_model.name
  }
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.api_default_route_integration.id}"
}

# api/default-route/integration-response
resource "aws_apigatewayv2_integration_response" "api_default_route_integration_response" {
  api_id                   = aws_apigatewayv2_api.api.id
  integration_id           = aws_apigatewayv2_integration.api_default_route_integration.id
  integration_response_key = "$default"
}

# api/connect-route/integration
resource "aws_apigatewayv2_integration" "api_connect_route_integration" {
  api_id           = aws_apigatewayv2_api.api.id
  integration_type = "MOCK"
  request_templates = {
    "200" = jsonencode({
      statusCode = 200
    })
  }
  template_selection_expression = "200"
}

# api/connect-route
resource "aws_apigatewayv2_route" "api_connect_route" {
  api_id                              = aws_apigatewayv2_api.api.id
  authorization_type                  = "AWS_IAM"
  route_key                           = "$connect"
  route_response_selection_expression = "$default"
  target                              = "integrations/${aws_apigatewayv2_integration.api_connect_route_integration.id}"
}

# api/connect-route/integration-response
resource "aws_apigatewayv2_integration_response" "api_connect_route_integration_response" {
  api_id                   = aws_apigatewayv2_api.api.id
  integration_id           = aws_apigatewayv2_integration.api_connect_route_integration.id
  integration_response_key = "$default"
}

# api/connect-route/route-response
resource "aws_apigatewayv2_route_response" "api_connect_route_route_response" {
  api_id             = aws_apigatewayv2_api.api.id
  route_id           = aws_apigatewayv2_route.api_connect_route.id
  route_response_key = "$default"
}

# stage/deployment
resource "aws_apigatewayv2_deployment" "stage_deployment" {
  description = "prod-websocket-reply, configuration e6193611b3cff2e9446b9fec5de503b965ed81e0b012acc09503388b9410af76"
  api_id      = aws_apigatewayv2_api.api.id
  triggers = {
    configuration = "e6193611b3cff2e9446b9fec5de503b965ed81e0b012acc09503388b9410af76"
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [
    aws_apigatewayv2_route.api_default_route,
    aws_apigatewayv2_integration_response.api_default_route_integration_response,
    aws_apigatewayv2_integration_response.api_connect_route_integration_response,
    aws_apigatewayv2_route_response.api_connect_route_route_response,
  ]
}

# stage/access-log
resource "aws_cloudwatch_log_group" "stage_access_log" {
  name              = "/aws/apigateway/prod-websocket-reply"
  kms_key_id        = aws_kms_key.key.arn
  retention_in_days = 365
}

# stage
resource "aws_apigatewayv2_stage" "stage" {
  name          = "v1"
  api_id        = aws_apigatewayv2_api.api.id
  deployment_id = aws_apigatewayv2_deployment.stage_deployment.id

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.stage_access_log.arn
    format = jsonencode({
      connectedAt        = "$context.connectedAt"
      connectionId       = "$context.connectionId"
      errorMessage       = "$context.error.message"
      eventType          = "$context.eventType"
      integrationError   = "$context.integrationErrorMessage"
      integrationLatency = "$context.integrationLatency"
      integrationStatus  = "$context.integration.status"
      requestId          = "$context.requestId"
      requestTimeEpoch   = "$context.requestTimeEpoch"
      routeKey           = "$context.routeKey"
      sourceIp           = "$context.identity.sourceIp"
      status             = "$context.status"
    })
  }

  default_route_settings {
    data_trace_enabled       = false
    detailed_metrics_enabled = true
    logging_level            = "ERROR"
    throttling_burst_limit   = 1000
    throttling_rate_limit    = 500
  }
}

# reply/log
resource "aws_cloudwatch_log_group" "reply_log" {
  name              = "/aws/lambda/prod-websocket-reply"
  kms_key_id        = aws_kms_key.key.arn
  retention_in_days = 365
}

# reply/role/trust
data "aws_iam_policy_document" "reply_role_trust" {
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

# reply/role
resource "aws_iam_role" "reply_role" {
  name               = "prod-websocket-reply-role"
  description        = "What prod-websocket-reply acts as"
  assume_role_policy = data.aws_iam_policy_document.reply_role_trust.json
}

# reply/role/grants-document
data "aws_iam_policy_document" "reply_role_grants_document" {
  statement {
    sid    = "WriteItsOwnLog"
    effect = "Allow"
    actions = [
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]
    resources = [
      "arn:aws:logs:ap-northeast-2:444455556666:log-group:/aws/lambda/prod-websocket-reply:*",
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
    sid    = "ConsumeFromTheQueue"
    effect = "Allow"
    actions = [
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
    ]
    resources = ["arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages.fifo"]
  }

  statement {
    sid       = "DecryptThroughTheQueueKey"
    effect    = "Allow"
    actions   = ["kms:Decrypt"]
    resources = ["arn:aws:kms:ap-northeast-2:444455556666:key/*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = ["alias/prod-websocket-reply"]
    }

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["sqs.ap-northeast-2.amazonaws.com"]
    }
  }
}

# reply/role/grants
resource "aws_iam_role_policy" "reply_role_grants" {
  name   = "prod-websocket-reply-role"
  policy = data.aws_iam_policy_document.reply_role_grants_document.json
  role   = aws_iam_role.reply_role.name
}

# reply/role/connections-document
data "aws_iam_policy_document" "reply_role_connections_document" {
  statement {
    sid     = "ReplyOnTheConnectionsOfThisStage"
    effect  = "Allow"
    actions = ["execute-api:ManageConnections"]
    resources = [
      "arn:aws:execute-api:ap-northeast-2:444455556666:${aws_apigatewayv2_api.api.id}/v1/POST/@connections/*",
    ]
  }
}

# reply/role/connections
resource "aws_iam_role_policy" "reply_role_connections" {
  name   = "prod-websocket-reply-role-connections"
  policy = data.aws_iam_policy_document.reply_role_connections_document.json
  role   = aws_iam_role.reply_role.name
}

# reply
resource "aws_lambda_function" "reply" {
  function_name                  = "prod-websocket-reply"
  description                    = "Answers the messages of prod-websocket-messages.fifo on their connections"
  architectures                  = ["arm64"]
  filename                       = "functions/websocket-reply.zip"
  handler                        = "index.handler"
  kms_key_arn                    = aws_kms_key.key.arn
  memory_size                    = 256
  reserved_concurrent_executions = 50
  role                           = aws_iam_role.reply_role.arn
  runtime                        = "nodejs22.x"
  source_code_hash               = "1QK4CQy9cUSxLmX1p2SbyI1mI+7FsIb432C5LmQ+36A="
  timeout                        = 30

  environment {
    variables = {
      CONNECTIONS_ENDPOINT = "https://${aws_apigatewayv2_api.api.id}.execute-api.ap-northeast-2.amazonaws.com/v1"
      MAX_RECEIVE_COUNT    = "5"
    }
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.reply_log.name
  }

  tracing_config {
    mode = "Active"
  }
}

# reply-source
resource "aws_lambda_event_source_mapping" "reply_source" {
  function_name           = aws_lambda_function.reply.function_name
  batch_size              = 10
  event_source_arn        = "arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages.fifo"
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = 50
  }

  depends_on = [
    aws_iam_role_policy.reply_role_grants,
    aws_iam_role_policy.reply_role_connections,
    aws_kms_alias.key_alias,
    aws_sqs_queue.messages,
  ]
}

output "websocket_uri" {
  description = "Where clients connect to"
  value       = aws_apigatewayv2_stage.stage.invoke_url
}

output "queue_arn" {
  description = "The queue of the messages"
  value       = "arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages.fifo"
}

output "queue_url" {
  description = "The queue of the messages, as SDKs want it"
  value       = "https://sqs.ap-northeast-2.amazonaws.com/444455556666/prod-websocket-messages.fifo"
}

output "function_name" {
  description = "The reply function"
  value       = "prod-websocket-reply"
}
