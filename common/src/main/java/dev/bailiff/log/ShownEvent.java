package dev.bailiff.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import dev.bailiff.text.VisibleText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * A log event in the form in which it may be written: secrets are hidden and control characters
 * escaped, in the message, the exceptions, the names and the fields. The message is complete and
 * has no arguments, so that no layout can insert the original ones.
 */
final class ShownEvent implements ILoggingEvent {
  private final ILoggingEvent event;

  ShownEvent(ILoggingEvent event) {
    this.event = event;
  }

  static @Nullable String shown(@Nullable String text) {
    return text == null ? null : VisibleText.of(SecretMask.hide(text));
  }

  @Override
  public @Nullable String getMessage() {
    return getFormattedMessage();
  }

  @Override
  public Object @Nullable [] getArgumentArray() {
    return null;
  }

  @Override
  public @Nullable String getFormattedMessage() {
    return shown(event.getFormattedMessage());
  }

  @Override
  public @Nullable String getThreadName() {
    return shown(event.getThreadName());
  }

  @Override
  public @Nullable String getLoggerName() {
    return shown(event.getLoggerName());
  }

  @Override
  public @Nullable IThrowableProxy getThrowableProxy() {
    return ShownThrowable.of(event.getThrowableProxy());
  }

  @Override
  public Map<String, String> getMDCPropertyMap() {
    Map<String, String> fields = event.getMDCPropertyMap();
    if (fields.isEmpty()) {
      return fields;
    }
    Map<String, String> shown = new TreeMap<>();
    fields.forEach((name, value) -> shown.put(name, String.valueOf(shown(value))));
    return shown;
  }

  @Override
  @SuppressWarnings("deprecation") // the interface still requires it
  public Map<String, String> getMdc() {
    return getMDCPropertyMap();
  }

  @Override
  public @Nullable List<KeyValuePair> getKeyValuePairs() {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs == null
        ? null
        : pairs.stream()
            .map(pair -> new KeyValuePair(pair.key, shown(String.valueOf(pair.value))))
            .toList();
  }

  @Override
  public Level getLevel() {
    return event.getLevel();
  }

  @Override
  public LoggerContextVO getLoggerContextVO() {
    return event.getLoggerContextVO();
  }

  @Override
  public StackTraceElement[] getCallerData() {
    return event.getCallerData();
  }

  @Override
  public boolean hasCallerData() {
    return event.hasCallerData();
  }

  @Override
  public @Nullable List<Marker> getMarkerList() {
    return event.getMarkerList();
  }

  @Override
  public long getTimeStamp() {
    return event.getTimeStamp();
  }

  @Override
  public int getNanoseconds() {
    return event.getNanoseconds();
  }

  @Override
  public Instant getInstant() {
    return event.getInstant();
  }

  @Override
  public long getSequenceNumber() {
    return event.getSequenceNumber();
  }

  @Override
  public void prepareForDeferredProcessing() {
    event.prepareForDeferredProcessing();
  }
}
