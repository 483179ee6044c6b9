package dev.bailiff.job.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.PGConnection;

/**
 * Writes targets into {@code pg_temp.uploaded_target} by {@code COPY}, in PostgreSQL's binary
 * format, which needs no escapes.
 */
final class TargetCopy {
  private static final String COPY =
      "copy pg_temp.uploaded_target (target) from stdin (format binary)";

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final short COLUMNS = 1;
  private static final short END = -1;

  private final Handle handle;
  private ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

  TargetCopy(Handle handle) {
    this.handle = handle;
  }

  void write(List<String> targets) {
    buffer.clear().put(SIGNATURE).putInt(0).putInt(0);
    for (var target : targets) {
      var bytes = target.getBytes(StandardCharsets.UTF_8);
      room(Short.BYTES + Integer.BYTES + bytes.length);
      buffer.putShort(COLUMNS).putInt(bytes.length).put(bytes);
    }
    room(Short.BYTES);
    buffer.putShort(END);
    send();
  }

  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      int size = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
      buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), size)).position(buffer.position());
    }
  }

  private void send() {
    try {
      var copy = handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
      try {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException("the copy of uploaded targets", e, null);
    }
  }
}
