package dev.bailiff.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An exception whose messages, and those of its causes, are fit to be shown. */
final class ShownThrowable implements IThrowableProxy {
  private final IThrowableProxy thrown;

  private ShownThrowable(IThrowableProxy thrown) {
    this.thrown = thrown;
  }

  static @Nullable IThrowableProxy of(@Nullable IThrowableProxy thrown) {
    return thrown == null ? null : new ShownThrowable(thrown);
  }

  @Override
  public @Nullable String getOverridingMessage() {
    return ShownEvent.shown(thrown.getOverridingMessage());
  }

  @Override
  public @Nullable String getMessage() {
    return ShownEvent.shown(thrown.getMessage());
  }

  @Override
  public String getClassName() {
    return thrown.getClassName();
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return thrown.getStackTraceElementProxyArray();
  }

  @Override
  public int getCommonFrames() {
    return thrown.getCommonFrames();
  }

  @Override
  public @Nullable IThrowableProxy getCause() {
    return of(thrown.getCause());
  }

  @Override
  public IThrowableProxy @Nullable [] getSuppressed() {
    IThrowableProxy[] suppressed = thrown.getSuppressed();
    return suppressed == null
        ? null
        : Arrays.stream(suppressed).map(ShownThrowable::new).toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return thrown.isCyclic();
  }
}
