package dev.bailiff.admin;

import dev.bailiff.database.DatabaseRefusedException;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import net.sourceforge.argparse4j.inf.Namespace;

/**
 * Dropwizard's command {@code server}. A start that a database refuses ends without a stack trace:
 * whoever called the application gets the exception, and reports its one sentence.
 */
final class ServerStart<T extends Configuration> extends ServerCommand<T> {

  ServerStart(Application<T> application) {
    super(application);
  }

  /** Throws a refusal. Returns for any other failure, which ends the process. */
  static void passOn(Throwable failure) {
    if (failure instanceof DatabaseRefusedException refusal) {
      throw refusal;
    }
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable failure) {
    if (!(failure instanceof DatabaseRefusedException)) {
      super.onError(cli, namespace, failure);
    }
  }
}
