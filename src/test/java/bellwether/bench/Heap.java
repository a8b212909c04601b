package bellwether.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The most heap that was in use right after a collection (what is really held), and before one (with garbage). */
final class Heap {
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong used = new AtomicLong();

    Heap() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> {
                                var collection = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                // a young collection leaves old garbage where it is: only a full one tells what is held
                                boolean full = collection.getGcName().equals("MarkSweepCompact");
                                most(used, sum(collection.getGcInfo().getMemoryUsageBeforeGc()));
                                if (full) {
                                    most(held, sum(collection.getGcInfo().getMemoryUsageAfterGc()));
                                }
                            },
                            null,
                            null);
        }
    }

    /** Megabytes. */
    long held() {
        return held.get() >> 20;
    }

    long used() {
        return used.get() >> 20;
    }

    private static void most(AtomicLong most, long bytes) {
        most.accumulateAndGet(bytes, Math::max);
    }

    private static long sum(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream()
                .filter(pool -> pool.getKey().contains("Eden")
                        || pool.getKey().contains("Survivor")
                        || pool.getKey().contains("Tenured"))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }
}
