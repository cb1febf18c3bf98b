terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }

  backend "local" {
    path = "../../../terraform.dev-callback-receiver.tfstate"
  }
}

provider "aws" {
  allowed_account_ids = ["111122223333"]
  region              = "ap-northeast-2"

  default_tags {
    tags = {
      environment = "dev"
      stack       = "dev-callback-receiver"
    }
  }
}

# account-logging/role/trust
data "aws_iam_policy_document" "account_logging_role_trust" {
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

# account-logging/role
resource "aws_iam_role" "account_logging_role" {
  name               = "dev-api-gateway-logs"
  description        = "Lets API Gateway write the logs of all APIs of this account in this region"
  assume_role_policy = data.aws_iam_policy_document.account_logging_role_trust.json
}

# account-logging/role/grants-document
data "aws_iam_policy_document" "account_logging_role_grants_document" {
  statement {
    sid    = "WriteTheLogsOfEveryApi"
    effect = "Allow"
    actions = [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogGroups",
      "logs:DescribeLogStreams",
      "logs:FilterLogEvents",
      "logs:GetLogEvents",
      "logs:PutLogEvents",
    ]
    resources = ["*"]
  }
}

# account-logging/role/grants
resource "aws_iam_role_policy" "account_logging_role_grants" {
  name   = "dev-api-gateway-logs"
  policy = data.aws_iam_policy_document.account_logging_role_grants_document.json
  role   = aws_iam_role.account_logging_role.name
}

# account-logging
resource "aws_api_gateway_account" "account_logging" {
  cloudwatch_role_arn = aws_iam_role.account_logging_role.arn

  depends_on = [aws_iam_role_policy.account_logging_role_grants]
}

# delivery-results-queue/dead-letter
resource "aws_sqs_queue" "delivery_results_queue_dead_letter" {
  name                      = "dev-delivery-results-dead-letter"
  max_message_size          = 262144
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

# delivery-results-queue/dead-letter/redrive-allow
resource "aws_sqs_queue_redrive_allow_policy" "delivery_results_queue_dead_letter_redrive_allow" {
  queue_url = aws_sqs_queue.delivery_results_queue_dead_letter.url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results"]
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
    resources = ["arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results-dead-letter"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }

  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results-dead-letter"]

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
  name                       = "dev-delivery-results"
  max_message_size           = 262144
  message_retention_seconds  = 604800
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 180
}

# delivery-results-queue/redrive
resource "aws_sqs_queue_redrive_policy" "delivery_results_queue_redrive" {
  queue_url = aws_sqs_queue.delivery_results_queue.url
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results-dead-letter"
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
    resources = ["arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }

  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results"]

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
    sid       = "DevDeliveryResultsToQueueSends"
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/dev-delivery-results-to-queue"]
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
  alarm_name          = "dev-delivery-results-age"
  alarm_description   = "The oldest message of dev-delivery-results has waited for more than 15 minutes: its consumer is down or too slow."
  comparison_operator = "GreaterThanThreshold"
  dimensions = {
    QueueName = "dev-delivery-results"
  }
  evaluation_periods = 3
  metric_name        = "ApproximateAgeOfOldestMessage"
  namespace          = "AWS/SQS"
  period             = 60
  statistic          = "Maximum"
  threshold          = 900
  treat_missing_data = "notBreaching"
}

# delivery-results-queue/alarms/dead-letters
resource "aws_cloudwatch_metric_alarm" "delivery_results_queue_alarms_dead_letters" {
  alarm_name          = "dev-delivery-results-dead-letters"
  alarm_description   = "Messages of dev-delivery-results were given up and wait in dev-delivery-results-dead-letter."
  comparison_operator = "GreaterThanThreshold"
  dimensions = {
    QueueName = "dev-delivery-results-dead-letter"
  }
  evaluation_periods = 1
  metric_name        = "ApproximateNumberOfMessagesVisible"
  namespace          = "AWS/SQS"
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
  name               = "dev-delivery-results-to-queue"
  description        = "Sends the callbacks of delivery-results to dev-delivery-results"
  assume_role_policy = data.aws_iam_policy_document.delivery_results_sender_trust.json
}

# delivery-results-sender/grants-document
data "aws_iam_policy_document" "delivery_results_sender_grants_document" {
  statement {
    sid       = "SendToTheQueue"
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results"]
  }
}

# delivery-results-sender/grants
resource "aws_iam_role_policy" "delivery_results_sender_grants" {
  name   = "dev-delivery-results-to-queue"
  policy = data.aws_iam_policy_document.delivery_results_sender_grants_document.json
  role   = aws_iam_role.delivery_results_sender.name
}

# api
resource "aws_api_gateway_rest_api" "api" {
  name                         = "dev-callback-receiver"
  description                  = "Receives callbacks of dev and puts them on queues"
  disable_execute_api_endpoint = false

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

# api/policy-document
data "aws_iam_policy_document" "api_policy_document" {
  statement {
    sid     = "ListedAddressesCallEveryCallback"
    effect  = "Allow"
    actions = ["execute-api:Invoke"]
    resources = [
      "arn:aws:execute-api:ap-northeast-2:111122223333:${aws_api_gateway_rest_api.api.id}/v1/*/*",
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
    sid     = "NobodyElseCallsEveryCallback"
    effect  = "Deny"
    actions = ["execute-api:Invoke"]
    resources = [
      "arn:aws:execute-api:ap-northeast-2:111122223333:${aws_api_gateway_rest_api.api.id}/v1/*/*",
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
  uri         = "arn:aws:apigateway:ap-northeast-2:sqs:path/111122223333/dev-delivery-results"

  depends_on = [
    aws_iam_role_policy.delivery_results_sender_grants,
    aws_sqs_queue_policy.delivery_results_queue_policy,
    aws_sqs_queue_redrive_policy.delivery_results_queue_redrive,
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

# stage/deployment
resource "aws_api_gateway_deployment" "stage_deployment" {
  description = "dev-callback-receiver, configuration 60d4714b7ea0a3a7cb9f566c65762945f693297743b5cb02efd3ae720e8a4e40"
  rest_api_id = aws_api_gateway_rest_api.api.id
  triggers = {
    configuration = "60d4714b7ea0a3a7cb9f566c65762945f693297743b5cb02efd3ae720e8a4e40"
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
  ]
}

# stage/access-log
resource "aws_cloudwatch_log_group" "stage_access_log" {
  name              = "/aws/apigateway/dev-callback-receiver"
  retention_in_days = 30
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

  depends_on = [aws_api_gateway_account.account_logging]
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
    throttling_burst_limit = 200
    throttling_rate_limit  = 100
  }
}

output "callback_urls" {
  description = "Where the senders post to"
  value = {
    delivery-results = "${aws_api_gateway_stage.stage.invoke_url}/bizppurio/delivery-results"
  }
}

output "queue_arns" {
  description = "The queues of the callbacks"
  value = {
    delivery-results = "arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results"
  }
}

output "queue_urls" {
  description = "The queues of the callbacks, as SDKs want them"
  value = {
    delivery-results = "https://sqs.ap-northeast-2.amazonaws.com/111122223333/dev-delivery-results"
  }
}
