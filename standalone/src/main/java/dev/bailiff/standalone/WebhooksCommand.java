package dev.bailiff.standalone;

import picocli.CommandLine.Command;

/** {@code bailiff webhooks}. */
@Command(
    name = "webhooks",
    description = {
      "Lists, makes and deletes webhooks: receivers that are told of changes of jobs. Shows what they did not take, and sends it"
          + " once more.",
      ""
    },
    subcommands = {
      WebhookListCommand.class,
      WebhookCommand.class,
      WebhookDeletionCommand.class,
      FailedMessagesCommand.class,
      ReplayCommand.class
    })
final class WebhooksCommand {}
