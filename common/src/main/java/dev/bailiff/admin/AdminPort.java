package dev.bailiff.admin;

import dev.bailiff.log.GuardedLog;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Sets up the admin port of a process and the rules for its log. */
public final class AdminPort {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Set<String> LOOPBACKS = Set.of(LOOPBACK, "localhost", "::1", "[::1]");

  private AdminPort() {}

  /** An application must call this as it begins to run; its ports are opened later. */
  public static void guard(ServerFactory server, Environment environment, AdminConfig config) {
    GuardedLog.install();
    List<ConnectorFactory> connectors = connectors(server);
    boolean onLoopback =
        !connectors.isEmpty() && connectors.stream().allMatch(AdminPort::isOnLoopback);
    environment
        .admin()
        .addFilter("admin-guard", new AdminGuard(onLoopback, config.hosts()))
        .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }

  /**
   * The connectors of the admin port. A separate admin port without a configured address is bound
   * to loopback.
   */
  private static List<ConnectorFactory> connectors(ServerFactory server) {
    if (server instanceof DefaultServerFactory ports) {
      ports.getAdminConnectors().forEach(AdminPort::bindToLoopback);
      return ports.getAdminConnectors();
    }
    return server instanceof SimpleServerFactory one ? List.of(one.getConnector()) : List.of();
  }

  private static void bindToLoopback(ConnectorFactory connector) {
    if (connector instanceof HttpConnectorFactory http && http.getBindHost() == null) {
      http.setBindHost(LOOPBACK);
    }
  }

  private static boolean isOnLoopback(ConnectorFactory connector) {
    return connector instanceof HttpConnectorFactory http
        && http.getBindHost() != null
        && (LOOPBACKS.contains(http.getBindHost()) || http.getBindHost().startsWith("127."));
  }
}
