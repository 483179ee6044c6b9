package dev.bailiff.standalone;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Logging of the commands that run servers in this process; the others log warnings to standard
 * error only.
 */
final class ServerLogging {
  private static final String FILE_PROPERTY = "bailiff.log";

  private ServerLogging() {}

  /** Everything to the file, what a person must see to standard error as well. */
  static void toFile(Path file) {
    System.setProperty(FILE_PROPERTY, file.toString());
    configure("/logback-servers.xml");
  }

  /** To standard error only. */
  static void toStandardError() {
    configure("/logback-worker.xml");
  }

  private static void configure(String resource) {
    URL configuration = ServerLogging.class.getResource(resource);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(configuration);
    } catch (JoranException e) {
      throw new IllegalStateException(resource, e);
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
