package dev.bailiff.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs for this operating system and processor, unpacked once from the Zonky
 * artifact on the classpath.
 *
 * <p>The folder is a cache: it may be shared by any number of servers and processes, and deleted
 * while none runs. Each version has its own folder, named by its content.
 */
final class PostgresBinaries {
  private static final Object UNPACKING = new Object();

  private final Path home;

  private PostgresBinaries(Path home) {
    this.home = home;
  }

  /** Unpacks the programs if they are missing (about 1.5 s and 60 MB). */
  static PostgresBinaries unpackedIn(Path cache) {
    String resource = resourceName();
    Path folder = Folders.create(cache);
    Path home = folder.resolve("postgres-" + fingerprint(resource));
    if (!Files.exists(home)) {
      synchronized (UNPACKING) {
        unpackLocked(resource, folder, home);
      }
    }
    return new PostgresBinaries(home);
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static void unpackLocked(String resource, Path folder, Path home) {
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve("unpack.lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PrivateAccess.forFile())) {
      lock.lock(); // released with the channel
      if (Files.exists(home)) {
        return;
      }
      Path part = home.resolveSibling(home.getFileName() + ".part");
      Folders.delete(part); // left by an unpacking that was killed
      try (InputStream archive = open(resource)) {
        unpack(archive, part);
      }
      Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot unpack PostgreSQL into " + folder + ": " + FileFailure.inWords(e), e);
    }
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    Folders.create(target);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("an entry leaves the folder: " + entry.getName());
        }
        unpackEntry(tar, entry, file);
      }
    }
  }

  private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Folders.create(file);
      return;
    }
    Path parent = file.getParent();
    if (parent != null) {
      Folders.create(parent);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      throw new IOException("a hard link is not expected: " + entry.getName());
    } else {
      Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(program ? "rwx------" : "rw-------"));
    }
  }

  /** A checksum, which each start computes: a digest of it would take a third of a second. */
  private static String fingerprint(String resource) {
    try (InputStream archive = open(resource)) {
      CRC32 sum = new CRC32();
      long length = 0;
      byte[] buffer = new byte[1 << 16];
      for (int n = archive.read(buffer); n >= 0; n = archive.read(buffer)) {
        sum.update(buffer, 0, n);
        length += n;
      }
      return Long.toHexString(sum.getValue()) + "-" + length;
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot read " + resource + ": " + e, e);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream archive = PostgresBinaries.class.getClassLoader().getResourceAsStream(resource);
    if (archive == null) {
      throw new EmbeddedServerException(
          "no PostgreSQL for this machine on the classpath (" + resource + " is missing)");
    }
    return archive;
  }

  private static String resourceName() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String cpu =
        switch (System.getProperty("os.arch")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default ->
              throw new EmbeddedServerException(
                  "no embedded PostgreSQL for the processor " + System.getProperty("os.arch"));
        };
    if (os.contains("mac")) {
      return "postgres-darwin-" + cpu + ".txz";
    }
    if (!os.contains("linux")) {
      throw new EmbeddedServerException("no embedded PostgreSQL for " + os);
    }
    boolean musl = Files.exists(Path.of("/etc/alpine-release"), LinkOption.NOFOLLOW_LINKS);
    return "postgres-linux-" + cpu + (musl ? "-alpine_linux" : "") + ".txz";
  }
}
