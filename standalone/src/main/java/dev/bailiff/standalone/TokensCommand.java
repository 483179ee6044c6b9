package dev.bailiff.standalone;

import picocli.CommandLine.Command;

/** {@code bailiff tokens}. */
@Command(
    name = "tokens",
    description = {
      "Lists, makes and revokes tokens for the HTTP API, of a data folder or of a cluster of your own.",
      "",
      "Such a token is tied to no account. It may everything, or what its scopes say. It is printed once, when it is made: the"
          + " database has only its digest.",
      ""
    },
    subcommands = {TokenListCommand.class, TokenCommand.class, TokenRevocationCommand.class})
final class TokensCommand {}
