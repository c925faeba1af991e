package dev.parley.tokens;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// The keys of one page (RFC 7517) that signatures can be checked with. Symmetric keys, keys for
/// encryption and kinds that are unknown here are left out.
record KeySet(Map<String, Key> named, List<Key> unnamed) {

  static final KeySet NONE = new KeySet(Map.of(), List.of());

  /// @param algorithm what the key is for; null: for all that its kind can do
  record Key(PublicKey key, @Nullable String algorithm) {
    boolean fits(String wanted) {
      return algorithm == null || algorithm.equals(wanted);
    }
  }

  /// @throws IllegalArgumentException if it is no set of keys
  static KeySet read(String json) {
    var named = new HashMap<String, Key>();
    var unnamed = new ArrayList<Key>();
    try {
      for (var read : new JsonWebKeySet(json).getJsonWebKeys()) {
        if (!(read instanceof PublicJsonWebKey pair)
            || (read.getUse() != null && !read.getUse().equals("sig"))) {
          continue;
        }
        var key = new Key(pair.getPublicKey(), read.getAlgorithm());
        if (read.getKeyId() == null) {
          unnamed.add(key);
        } else {
          named.put(read.getKeyId(), key);
        }
      }
    } catch (JoseException | RuntimeException unreadable) {
      throw new IllegalArgumentException("Expected a JSON Web Key Set", unreadable);
    }
    return new KeySet(Map.copyOf(named), List.copyOf(unnamed));
  }

  /// The key of that id; for a token without an id the only key there is.
  @Nullable PublicKey find(@Nullable String id, String algorithm) {
    if (id != null) {
      var key = named.get(id);
      return key != null && key.fits(algorithm) ? key.key() : null;
    }
    var all = new ArrayList<>(unnamed);
    all.addAll(named.values());
    var fitting = all.stream().filter(key -> key.fits(algorithm)).toList();
    return fitting.size() == 1 ? fitting.getFirst().key() : null;
  }

  int size() {
    return named.size() + unnamed.size();
  }
}
