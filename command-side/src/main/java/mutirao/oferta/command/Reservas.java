package mutirao.oferta.command;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import mutirao.oferta.command.Reserva.Estado;
import org.jspecify.annotations.Nullable;

/// The holds on an offer: those that are on, and the last that ended, so that a repeated command finds them and changes
/// nothing. Older ones are forgotten, but not until when: a command that is no younger than that is not obeyed (ADR
/// 0033). Not thread-safe.
final class Reservas {
    /// How many ended holds are remembered: so many that deliveries had, and so many made by hand.
    static final int LEMBRADAS = 64;

    private Map<UUID, Reserva> ativas = new LinkedHashMap<>();
    private Map<UUID, Reserva> deEntregas = new LinkedHashMap<>();
    private Map<UUID, Reserva> feitasAMao = new LinkedHashMap<>();
    private @Nullable Instant esquecidasAte;

    /// A hold that is on or remembered.
    Optional<Reserva> find(UUID id) {
        return Optional.ofNullable(ativas.get(id))
                .or(() -> Optional.ofNullable(deEntregas.get(id)))
                .or(() -> Optional.ofNullable(feitasAMao.get(id)));
    }

    /// Whether a delivery asked for at that time may have had a hold that is not remembered any more.
    ///
    /// @param asked null where that is not known
    boolean esqueceu(@Nullable Instant asked) {
        return esquecidasAte != null && (asked == null || !asked.isAfter(esquecidasAte));
    }

    /// How many a volunteer has on, that one not counted.
    long de(UUID volunteerId, UUID other) {
        return ativas.entrySet().stream()
                .filter(entry -> entry.getValue().volunteerId().equals(volunteerId)
                        && !entry.getKey().equals(other))
                .count();
    }

    /// The ids of those that are on and of which this holds, oldest first.
    List<UUID> quais(Predicate<Reserva> so) {
        return ativas.entrySet().stream()
                .filter(entry -> so.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    void reservar(UUID id, Reserva nova) {
        deEntregas.remove(id);
        feitasAMao.remove(id);
        ativas.put(id, nova);
    }

    void confirmar(UUID id) {
        ativas.computeIfPresent(id, (_, held) -> held.em(Estado.CONFIRMADA));
    }

    /// Ends a hold that is on, or that a delivery was refused.
    void encerrar(UUID id, Reserva ended, Instant at) {
        ativas.remove(id);
        if (ended.titular() == null) {
            lembrar(feitasAMao, id, ended);
        } else if (lembrar(deEntregas, id, ended)) {
            esquecidasAte = at;
        }
    }

    /// @return whether another one is forgotten for it
    private static boolean lembrar(Map<UUID, Reserva> last, UUID id, Reserva ended) {
        last.remove(id);
        last.put(id, ended);
        if (last.size() <= LEMBRADAS) {
            return false;
        }
        var oldest = last.keySet().iterator();
        oldest.next();
        oldest.remove();
        return true;
    }
}
