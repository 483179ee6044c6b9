package dev.bailiff.standalone;

import picocli.CommandLine.Command;

/** {@code bailiff synapse}. */
@Command(
    name = "synapse",
    description = {"Prepares a running Synapse for Bailiff, and checks it.", ""},
    subcommands = {
      SynapseCheckCommand.class,
      SynapseGrantsCommand.class,
      SynapseRegistrationCommand.class
    })
final class SynapseCommand {}
