package dev.bailiff.standalone;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A log that only its owner may read and write, regardless of the umask, also after each rotation.
 */
final class PrivateLog extends RollingFileAppender<ILoggingEvent> {
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

  @Override
  public void openFile(String name) throws IOException {
    Path file = Path.of(name);
    Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(MODE))
        .close();
    Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(MODE); // an older release made it open to all
    super.openFile(name);
  }
}
