package dev.lookaside.security.config;

import dev.lookaside.security.identity.BearerTokens;
import dev.lookaside.security.identity.TokenFile;
import dev.lookaside.security.identity.WebTokens;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens of both files, those of them that are set, as they are at each moment. */
public final class FollowedTokens implements BearerTokens, AutoCloseable {
  private final List<FollowedFile<? extends BearerTokens>> files = new ArrayList<>();

  public FollowedTokens(SecurityProperties security) {
    if (security.tokenFile() != null) {
      files.add(FollowedFile.of(security.tokenFile(), TokenFile::read));
    }
    SecurityProperties.Jwt jwt = security.jwt();
    if (jwt.jwksFile() != null) {
      files.add(
          FollowedFile.of(
              jwt.jwksFile(),
              file ->
                  WebTokens.read(
                      file,
                      Optional.ofNullable(jwt.issuer()),
                      jwt.audience(),
                      InstantSource.system())));
    }
  }

  @Override
  public Answer check(String token) {
    Answer answer = BearerTokens.none().check(token);
    for (FollowedFile<? extends BearerTokens> file : files) {
      answer = file.get().check(token);
      if (answer instanceof Known) {
        return answer;
      }
    }
    return answer;
  }

  @Override
  public void close() {
    files.forEach(FollowedFile::close);
  }
}
