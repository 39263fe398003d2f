package dev.lookaside.client.grpc.subscription;

import dev.lookaside.v1.Table;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;

/**
 * One file for each service: a mark, the version of the format, length and checksum, and the table
 * as a balancer would send it.
 *
 * <p>A file is replaced as a whole, so that a reader finds the old one or the new one, also after a
 * crash. One that is not what it should be is ignored with a warning.
 */
public final class SnapshotFiles implements Snapshots {
  private static final System.Logger LOG = System.getLogger(SnapshotFiles.class.getName());
  private static final int MARK = 0x4c4b5353;
  private static final int FORMAT = 1;
  private static final int HEADER_BYTES = 3 * Integer.BYTES + Long.BYTES;

  /** A table of half a million endpoints; what is larger is not kept. */
  private static final int MOST_BYTES = 64 << 20;

  private final Path directory;
  private final AtomicBoolean isTidy = new AtomicBoolean();

  /**
   * @param directory made when it is first needed
   */
  public SnapshotFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public Optional<Table> load(String service) {
    Path file = file(service);
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(read(in.readNBytes(HEADER_BYTES + MOST_BYTES + 1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "snapshot {0} is ignored: {1}", file, e.toString());
      return Optional.empty();
    }
  }

  private static Table read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(bytes));
    if (bytes.length < HEADER_BYTES || in.readInt() != MARK) {
      throw new IOException("it is no snapshot");
    }
    int format = in.readInt();
    if (format != FORMAT) {
      throw new IOException("its format is %d (expected: %d)".formatted(format, FORMAT));
    }
    int length = in.readInt();
    long checksum = in.readLong();
    byte[] table = in.readAllBytes();
    if (table.length != length || checksum(table) != checksum) {
      throw new IOException("it is damaged");
    }
    return Table.parseFrom(table);
  }

  @Override
  public void save(String service, Table table) {
    Path file = file(service);
    byte[] bytes = table.toByteArray();
    if (bytes.length > MOST_BYTES) {
      LOG.log(
          System.Logger.Level.WARNING,
          "snapshot {0} is not kept: {1} bytes (expected: at most {2})",
          file,
          bytes.length,
          MOST_BYTES);
      return;
    }
    try {
      Files.createDirectories(directory);
      Path fresh = Files.createTempFile(directory, Leftovers.PREFIX, Leftovers.SUFFIX);
      try {
        if (!isTidy.getAndSet(true)) {
          Leftovers.remove(directory, fresh);
        }
        write(fresh, withHeader(bytes));
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "snapshot {0} is not kept: {1}", file, e.toString());
    }
  }

  /** On disk before it gets its name: after a power cut, no name stands for an empty file. */
  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static byte[] withHeader(byte[] table) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER_BYTES + table.length);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MARK);
    out.writeInt(FORMAT);
    out.writeInt(table.length);
    out.writeLong(checksum(table));
    out.write(table);
    return bytes.toByteArray();
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  private Path file(String service) {
    return directory.resolve(URLEncoder.encode(service, StandardCharsets.UTF_8) + ".snapshot");
  }
}
