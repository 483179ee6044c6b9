package dev.bailiff.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps libraries at INFO or above, in any configuration, because they log their inputs below it:
 * Jetty whole requests with their tokens, PostgreSQL's driver URLs and the values bound to
 * statements, Kafka the steps of a login, the schema validator bodies.
 */
final class LibraryFloor extends TurboFilter {
  static final List<String> LIBRARIES =
      List.of(
          "org.eclipse.jetty",
          "org.glassfish.jersey",
          "org.postgresql",
          "com.zaxxer.hikari",
          "org.jdbi",
          "org.flywaydb",
          "org.hibernate.validator",
          "com.networknt",
          "io.dropwizard",
          "jdk.httpclient",
          "jdk.internal.httpclient",
          "kafka.request",
          "kafka.network",
          "org.apache.kafka.common.security",
          "org.apache.kafka.common.network",
          "org.apache.kafka.clients.NetworkClient");

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    if (level.isGreaterOrEqual(Level.INFO)
        || logger.getEffectiveLevel().isGreaterOrEqual(Level.INFO)) {
      return FilterReply.NEUTRAL;
    }
    return LIBRARIES.stream().anyMatch(library -> covers(library, logger.getName()))
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  private static boolean covers(String library, String logger) {
    return logger.startsWith(library)
        && (logger.length() == library.length() || logger.charAt(library.length()) == '.');
  }
}
