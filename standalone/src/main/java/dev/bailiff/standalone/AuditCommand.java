package dev.bailiff.standalone;

import picocli.CommandLine.Command;

/** {@code bailiff audit}. */
@Command(
    name = "audit",
    description = {
      "Lists and exports the audit over the API, verifies its chain, and archives past months.",
      "",
      "Rows are added and never changed. Each is chained to those before it, so that a row that was changed, added or taken away"
          + " shows.",
      ""
    },
    subcommands = {
      AuditListCommand.class,
      AuditExportCommand.class,
      AuditVerifyCommand.class,
      AuditArchiveCommand.class
    })
final class AuditCommand {}
