package dev.bailiff.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/** Passes events on to an appender in the form in which they may be written. */
final class ShownAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final Appender<ILoggingEvent> appender;

  ShownAppender(Appender<ILoggingEvent> appender) {
    this.appender = appender;
    setName(appender.getName());
    setContext(appender.getContext());
  }

  @Override
  public void stop() {
    appender.stop();
    super.stop();
  }

  @Override
  protected void append(ILoggingEvent event) {
    appender.doAppend(new ShownEvent(event));
  }
}
