package dev.lookaside.tls.development;

import dev.lookaside.tls.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/**
 * An authority of one's own, in a directory: {@code ca.pem} is to be trusted, {@code ca.p12} holds
 * its key. Not for production: its key lies beside it, under a password that everybody knows.
 */
public final class DevelopmentAuthority {
  private static final String PASSWORD = "for-development-only";
  private static final String CA = "ca";

  private final Path directory;
  private final Keytool keytool;

  private DevelopmentAuthority(Path directory) {
    this.directory = directory;
    this.keytool = new Keytool(directory.resolve("ca.p12"), PASSWORD);
  }

  /** The authority of this directory; a new one if there is none. */
  public static DevelopmentAuthority in(Path directory) {
    DevelopmentAuthority authority = new DevelopmentAuthority(directory);
    try {
      Files.createDirectories(directory);
      if (Files.notExists(authority.keytool.store())) {
        authority.begin();
        restrict(authority.keytool.store());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return authority;
  }

  public Path ca() {
    return directory.resolve("ca.pem");
  }

  /** Makes a key and its certificate, in the place of those of this name, if there are any. */
  public PemFiles issue(Wanted wanted) {
    List<String> arguments = new ArrayList<>();
    if (isThere(wanted.name())) {
      keytool.run(List.of("-delete", "-alias", wanted.name()));
    }
    arguments.addAll(newKey(wanted.name()));
    arguments.addAll(List.of("-ext", "SAN=" + String.join(",", wanted.names())));
    arguments.addAll(List.of("-ext", "eku=serverAuth,clientAuth"));
    arguments.addAll(List.of("-validity", Long.toString(wanted.life().toDays())));
    arguments.addAll(List.of("-startdate", "-" + Math.max(1, wanted.age().toDays()) + "d"));
    arguments.addAll(List.of("-signer", CA));
    keytool.run(arguments);
    Path certificate = directory.resolve(wanted.name() + ".pem");
    Path key = directory.resolve(wanted.name() + "-key.pem");
    KeyStore store = keytool.load();
    try {
      PemWriter.write(key, store.getKey(wanted.name(), PASSWORD.toCharArray()));
      PemWriter.write(certificate, store.getCertificate(wanted.name()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return PemFiles.trusting(ca()).showing(certificate, key);
  }

  private void begin() {
    List<String> arguments = new ArrayList<>(newKey(CA));
    arguments.addAll(List.of("-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign,cRLSign"));
    arguments.addAll(List.of("-validity", "3650", "-startdate", "-30d"));
    keytool.run(arguments);
    try {
      PemWriter.write(ca(), keytool.load().getCertificate(CA));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> newKey(String alias) {
    String name = alias.equals(CA) ? "Lookaside development authority" : alias;
    return List.of(
        "-genkeypair",
        "-alias",
        alias,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + name);
  }

  private boolean isThere(String alias) {
    try {
      return keytool.load().containsAlias(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void restrict(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
