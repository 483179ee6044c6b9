package dev.bailiff.standalone.deployment;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.StringSubstitutor;

/**
 * A file of {@code config/}, read as the applications read it, but with an environment of the
 * test's.
 */
record ConfigFile(Path path) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(:-)?[^}]*}");

  <T extends Configuration> T load(Class<T> type, Map<String, String> environment)
      throws IOException, ConfigurationException {
    StringSubstitutor substitutor = new StringSubstitutor(environment);
    substitutor.setEnableUndefinedVariableException(true);
    return new YamlConfigurationFactory<>(
            type, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
        .build(
            new SubstitutingSourceProvider(new FileConfigurationSourceProvider(), substitutor),
            path.toString());
  }

  /** Every variable that the file uses. */
  Set<String> variables() throws IOException {
    return names(variable -> true);
  }

  /** The variables without a default. */
  Set<String> requiredVariables() throws IOException {
    return names(variable -> variable.group(2) == null);
  }

  private Set<String> names(Predicate<MatchResult> which) throws IOException {
    return VARIABLE
        .matcher(Files.readString(path))
        .results()
        .filter(which)
        .map(variable -> variable.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static List<Integer> applicationPorts(Configuration config) {
    return ports(server(config).getApplicationConnectors().stream());
  }

  static List<Integer> adminPorts(Configuration config) {
    return ports(server(config).getAdminConnectors().stream());
  }

  static List<String> adminHosts(Configuration config) {
    return http(server(config).getAdminConnectors().stream())
        .map(HttpConnectorFactory::getBindHost)
        .toList();
  }

  private static DefaultServerFactory server(Configuration config) {
    return (DefaultServerFactory) config.getServerFactory();
  }

  private static List<Integer> ports(Stream<ConnectorFactory> connectors) {
    return http(connectors).map(HttpConnectorFactory::getPort).toList();
  }

  private static Stream<HttpConnectorFactory> http(Stream<ConnectorFactory> connectors) {
    return connectors.map(HttpConnectorFactory.class::cast);
  }
}
