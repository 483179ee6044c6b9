package dev.bailiff.standalone;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.standalone.stack.DataFolder;
import dev.bailiff.standalone.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bailiff tokens revoke}. */
@Command(
    name = "revoke",
    description = {
      "Takes a token away; calls with it are refused at once.",
      "",
      "The token in the file admin-token of a data folder goes with its file: the next start makes another.",
      ""
    })
final class TokenRevocationCommand implements Callable<Integer> {
  @Mixin private TokenStore store = new TokenStore();

  @Parameters(
      paramLabel = "TOKEN",
      description = "Id as 'bailiff tokens list' shows it, or a name: then all of that name go.")
  private String named = "";

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    StandardOutput.claim();
    List<String> revoked = store.with(tokens -> tokens.revoke(named));
    if (revoked.isEmpty()) {
      throw new CommandException(
          ExitCode.REFUSED, "no token has the id or name " + named + ": see 'bailiff tokens list'");
    }
    revoked.forEach(id -> terminal.out().println("revoked " + id));
    DataFolder folder = store.folder();
    if (folder != null
        && folder.adminToken().map(OperatorTokens::id).filter(revoked::contains).isPresent()) {
      folder.forgetAdminToken();
      terminal.out().println("the file admin-token is gone; the next start makes another");
    }
    return ExitCode.DONE;
  }
}
