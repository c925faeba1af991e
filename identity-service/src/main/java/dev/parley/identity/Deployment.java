package dev.parley.identity;

import dev.parley.schemas.content.MasterKey;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/// What the deployment gives to every package: its clock and its master key.
final class Deployment {

  Deployment() {}

  @Produces
  @Singleton
  static InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  static MasterKey masterKey(IdentityConfig config) {
    return MasterKey.ofBase64(
        config
            .masterKey()
            .orElseThrow(() ->
                new IllegalStateException(
                    "PARLEY_MASTER_KEY is not set: give base64 of 32 random bytes, the same to every"
                        + " service, and keep it safe: without it no message can be read.")),
        config.masterKeyPrevious().orElse(List.of()));
  }
}
