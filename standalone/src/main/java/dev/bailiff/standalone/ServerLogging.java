package dev.bailiff.standalone;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.bailiff.log.GuardedLog;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Logging of the commands that run servers in this process; the other commands log only warnings,
 * to standard error.
 */
final class ServerLogging {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{30}: %msg %mdc%n";
  private static final long LARGEST_BYTES = 20L << 20;

  private ServerLogging() {}

  /** Logs everything to the file, and messages for a person to standard error as well. */
  static void toFile(Path file) {
    LoggerContext context = configure("/logback-servers.xml");
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(rolling(context, file, LARGEST_BYTES));
    GuardedLog.install();
  }

  /** Logs to standard error only. */
  static void toStandardError() {
    configure("/logback-worker.xml");
    GuardedLog.install();
  }

  /** Sets the appender up by code, so that no character of the path is interpreted. */
  static PrivateLog rolling(LoggerContext context, Path file, long largestBytes) {
    PrivateLog log = new PrivateLog();
    log.setContext(context);
    log.setName("file");
    log.setFile(file.toString());
    NumberedLogs numbered = new NumberedLogs();
    numbered.setContext(context);
    numbered.setParent(log);
    numbered.start();
    log.setRollingPolicy(numbered);
    SizeBasedTriggeringPolicy<ILoggingEvent> bySize = new SizeBasedTriggeringPolicy<>();
    bySize.setContext(context);
    bySize.setMaxFileSize(new FileSize(largestBytes));
    bySize.start();
    log.setTriggeringPolicy(bySize);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    log.setEncoder(encoder);
    log.start();
    return log;
  }

  private static LoggerContext configure(String resource) {
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
    return context;
  }
}
