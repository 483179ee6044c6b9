package dev.bailiff.admin;

import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.setup.Bootstrap;

/**
 * A process with an admin port. Its configuration may take values from the environment. A database
 * that the process refuses ends the start with one sentence, see {@link ServerStart}.
 */
public abstract class ServerApplication<C extends Configuration> extends Application<C> {

  @Override
  protected void addDefaultCommands(Bootstrap<C> bootstrap) {
    bootstrap.addCommand(new ServerStart<>(this));
    bootstrap.addCommand(new CheckCommand<>(this));
  }

  @Override
  protected void onFatalError(Throwable failure) {
    ServerStart.passOn(failure);
    super.onFatalError(failure);
  }

  @Override
  public void initialize(Bootstrap<C> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(true)));
  }
}
