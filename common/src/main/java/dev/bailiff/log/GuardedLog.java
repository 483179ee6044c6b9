package dev.bailiff.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Applies the rules of this package to the logging of the process, with any configuration. */
public final class GuardedLog {
  private GuardedLog() {}

  /**
   * Must be called after each configuration of Logback, which drops the rules; a second call does
   * no harm.
   */
  public static void install() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      install(context);
    }
  }

  static void install(LoggerContext context) {
    if (context.getTurboFilterList().stream().noneMatch(LibraryFloor.class::isInstance)) {
      LibraryFloor floor = new LibraryFloor();
      floor.setContext(context);
      floor.start();
      context.addTurboFilter(floor);
    }
    context.getLoggerList().forEach(GuardedLog::wrapAppenders);
  }

  private static void wrapAppenders(Logger logger) {
    List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    logger.iteratorForAppenders().forEachRemaining(appenders::add);
    for (Appender<ILoggingEvent> appender : appenders) {
      if (!(appender instanceof ShownAppender)) {
        ShownAppender shown = new ShownAppender(appender);
        shown.start();
        logger.detachAppender(appender);
        logger.addAppender(shown);
      }
    }
  }
}
