// Metrics for package runtime/metrics, which lists and documents them.
//
// A reading computes everything from one snapshot: what ReadMemStats reports, counts per size class, queues of the
// scheduler, the processor time that the kernel has counted. The table and its functions are only in programs
// that read metrics.
//
// Not measured, and zero throughout: the time goroutines wait to run. Objects of the first span, which have no size class, count as if all
// had their mean size.

package runtime

import (
	"internal/godebugs"
	"internal/runtime/gc"
	"unsafe"
)

// Kinds as runtime/metrics numbers them.
const (
	metricUint64 = iota + 1
	metricFloat64
	metricHistogram
)

// metricSample has the layout of runtime/metrics.Sample.
type metricSample struct {
	name    string
	kind    int
	scalar  uint64
	pointer unsafe.Pointer
}

// metricCounts has the layout of runtime/metrics.Float64Histogram.
type metricCounts struct {
	counts  []uint64
	buckets []float64
}

// metricSemaphore serialises readings and registrations.
var metricSemaphore = uint32(1)

// Counters of settings that were used away from their default.
var metricSettings []struct {
	name string
	read func() uint64
}

//go:linkname godebug_registerMetric internal/godebug.registerMetric
func godebug_registerMetric(name string, read func() uint64) {
	semacquire(&metricSemaphore)
	n := len(metricSettings)
	list := make([]struct {
		name string
		read func() uint64
	}, n+1)
	copy(list, metricSettings)
	list[n].name = name
	list[n].read = read
	metricSettings = list
	semrelease(&metricSemaphore)
}

// metricInput is what metrics are computed from.
type metricInput struct {
	mem          MemStats
	nmalloc      [gc.NumSizeClasses + 1]uint64 // the last is of large objects
	nfree        [gc.NumSizeClasses + 1]uint64
	tiny         uint64
	gogc         uint64
	limit        uint64
	marked       uint64
	globals      uint64
	stacks       uint64
	finQueued    uint64
	finDone      uint64
	cleanQueued  uint64
	cleanDone    uint64
	total        uint64 // goroutines
	running      uint64
	runnable     uint64
	outside      uint64
	created      uint64
	cpu          metricCPU
	stops        *pauseCounts
	classBuckets []float64
	timeBuckets  []float64
}

// metricCPU divides processor time, in ns; it only grows from one reading to the next.
type metricCPU struct {
	at, used             int64
	total, user, idle    uint64
	pause, mark, gcTotal uint64
}

var metricTime metricCPU

// read fills in the snapshot.
func (in *metricInput) read() {
	w := stopTheWorld(stwReadMetrics)
	systemstack(func() {
		flushCaches()
		readStats(&in.mem)
		copy(in.nmalloc[:], heapStats.nmalloc[:])
		copy(in.nfree[:], heapStats.nfree[:])
		in.tiny = heapStats.tiny
		in.stops = memstats.stops
		c := &gcController
		in.gogc, in.limit = uint64(c.percent), uint64(c.limit)
		if !c.ready {
			in.gogc, in.limit = 100, 1<<63-1
		}
		in.marked = uint64(c.lastMarked)
		in.globals = uint64(work.globals)
		in.stacks = uint64(work.stackBytes)
		in.readScheduler()
	})
	startTheWorld(w)
	large := len(in.nmalloc) - 1
	in.nmalloc[large], in.nfree[large] = heapStats.largeCount, heapStats.largeFreed
	if n := firstHeap.count; n != 0 {
		in.nmalloc[metricClass(firstHeap.bytes/n)] += n
	}
	in.finQueued, in.finDone = finReadQueueStats()
	in.cleanQueued, in.cleanDone = gcCleanups.readQueueStats()
	in.readTime()
}

// metricClass returns the class of objects of this size.
func metricClass(size uint64) int {
	c := 1
	for c < gc.NumSizeClasses-1 && uint64(gc.SizeClassToSize[c]) < size {
		c++
	}
	return c
}

// readScheduler counts goroutines by what they do. The world is stopped by the one that runs.
func (in *metricInput) readScheduler() {
	in.total = uint64(gcount(true))
	in.running = 1
	in.created = sched.goroutinesCreated.Load()
	in.runnable = uint64(sched.runq.size)
	for _, pp := range allp {
		in.created += pp.goroutinesCreated
		in.runnable += uint64(pp.runqtail - pp.runqhead)
		if pp.runnext != 0 {
			in.runnable++
		}
	}
	forEachG(func(gp *g) {
		if readgstatus(gp)&^_Gscan == _Gsyscall {
			in.outside++
		}
	})
}

// readTime adds what has passed since the last reading. While the world is stopped for a collection one
// processor counts as marking and the others as waiting for it.
func (in *metricInput) readTime() {
	const processCPU = 2 // CLOCK_PROCESS_CPUTIME_ID
	t := &metricTime
	now := nanotime()
	var ts timespec
	clockGettime(processCPU, &ts)
	used := ts.tv_sec*1e9 + ts.tv_nsec
	if t.at == 0 {
		t.at = now - used
		if runtimeInitTime != 0 {
			t.at = min(t.at, runtimeInitTime)
		}
	}
	procs := uint64(gomaxprocs)
	t.mark = max(t.mark, in.mem.PauseTotalNs)
	t.pause = max(t.pause, in.mem.PauseTotalNs*(procs-1))
	before := t.gcTotal
	t.gcTotal = t.mark + t.pause
	busy := uint64(used - t.used)
	span := max(uint64(now-t.at)*procs, busy)
	collecting := min(t.gcTotal-before, span)
	// Marking is in the time that the kernel counts, waiting is not.
	own := busy - min(busy, in.mem.PauseTotalNs)
	if t.used != 0 {
		own = busy - min(busy, collecting/procs)
	}
	own = min(own, span-collecting)
	t.user += own
	t.idle += span - collecting - own
	t.total = t.gcTotal + t.user + t.idle
	t.at, t.used = now, used
	in.cpu = *t
}

// metric is a row of the table. Float values are in ns.
type metric struct {
	name string
	kind int
	read func(in *metricInput) uint64
}

func metricZero(in *metricInput) uint64 { return 0 }

var metricTable = [...]metric{
	{"/cgo/go-to-c-calls:calls", metricUint64, metricZero},
	{"/cpu/classes/gc/mark/assist:cpu-seconds", metricFloat64, metricZero},
	{"/cpu/classes/gc/mark/dedicated:cpu-seconds", metricFloat64, func(in *metricInput) uint64 { return in.cpu.mark }},
	{"/cpu/classes/gc/mark/idle:cpu-seconds", metricFloat64, metricZero},
	{"/cpu/classes/gc/pause:cpu-seconds", metricFloat64, func(in *metricInput) uint64 { return in.cpu.pause }},
	{"/cpu/classes/gc/total:cpu-seconds", metricFloat64, func(in *metricInput) uint64 { return in.cpu.gcTotal }},
	{"/cpu/classes/idle:cpu-seconds", metricFloat64, func(in *metricInput) uint64 { return in.cpu.idle }},
	{"/cpu/classes/scavenge/assist:cpu-seconds", metricFloat64, metricZero},
	{"/cpu/classes/scavenge/background:cpu-seconds", metricFloat64, metricZero},
	{"/cpu/classes/scavenge/total:cpu-seconds", metricFloat64, metricZero},
	{"/cpu/classes/total:cpu-seconds", metricFloat64, func(in *metricInput) uint64 { return in.cpu.total }},
	{"/cpu/classes/user:cpu-seconds", metricFloat64, func(in *metricInput) uint64 { return in.cpu.user }},
	{"/gc/cleanups/executed:cleanups", metricUint64, func(in *metricInput) uint64 { return in.cleanDone }},
	{"/gc/cleanups/queued:cleanups", metricUint64, func(in *metricInput) uint64 { return in.cleanQueued }},
	{"/gc/cycles/automatic:gc-cycles", metricUint64, func(in *metricInput) uint64 { return uint64(in.mem.NumGC - in.mem.NumForcedGC) }},
	{"/gc/cycles/forced:gc-cycles", metricUint64, func(in *metricInput) uint64 { return uint64(in.mem.NumForcedGC) }},
	{"/gc/cycles/total:gc-cycles", metricUint64, func(in *metricInput) uint64 { return uint64(in.mem.NumGC) }},
	{"/gc/finalizers/executed:finalizers", metricUint64, func(in *metricInput) uint64 { return in.finDone }},
	{"/gc/finalizers/queued:finalizers", metricUint64, func(in *metricInput) uint64 { return in.finQueued }},
	{"/gc/gogc:percent", metricUint64, func(in *metricInput) uint64 { return in.gogc }},
	{"/gc/gomemlimit:bytes", metricUint64, func(in *metricInput) uint64 { return in.limit }},
	{"/gc/heap/allocs-by-size:bytes", metricHistogram, nil},
	{"/gc/heap/allocs:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.TotalAlloc }},
	{"/gc/heap/allocs:objects", metricUint64, func(in *metricInput) uint64 { return in.mem.Mallocs - in.tiny }},
	{"/gc/heap/frees-by-size:bytes", metricHistogram, nil},
	{"/gc/heap/frees:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.TotalAlloc - in.mem.Alloc }},
	{"/gc/heap/frees:objects", metricUint64, func(in *metricInput) uint64 { return in.mem.Frees - in.tiny }},
	{"/gc/heap/goal:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.NextGC }},
	{"/gc/heap/live:bytes", metricUint64, func(in *metricInput) uint64 { return in.marked }},
	{"/gc/heap/objects:objects", metricUint64, func(in *metricInput) uint64 { return in.mem.HeapObjects }},
	{"/gc/heap/tiny/allocs:objects", metricUint64, func(in *metricInput) uint64 { return in.tiny }},
	{"/gc/limiter/last-enabled:gc-cycle", metricUint64, metricZero},
	{"/gc/pauses:seconds", metricHistogram, nil},
	{"/gc/scan/globals:bytes", metricUint64, func(in *metricInput) uint64 { return in.globals }},
	{"/gc/scan/heap:bytes", metricUint64, func(in *metricInput) uint64 { return in.marked }},
	{"/gc/scan/stack:bytes", metricUint64, func(in *metricInput) uint64 { return in.stacks }},
	{"/gc/scan/total:bytes", metricUint64, func(in *metricInput) uint64 { return in.globals + in.marked + in.stacks }},
	{"/gc/stack/starting-size:bytes", metricUint64, func(in *metricInput) uint64 { return uint64(startingStackSize) }},
	{"/memory/classes/heap/free:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.HeapIdle - in.mem.HeapReleased }},
	{"/memory/classes/heap/objects:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.HeapAlloc }},
	{"/memory/classes/heap/released:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.HeapReleased }},
	{"/memory/classes/heap/stacks:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.StackSys }},
	{"/memory/classes/heap/unused:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.HeapInuse - in.mem.HeapAlloc }},
	{"/memory/classes/metadata/mcache/free:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.MCacheSys - in.mem.MCacheInuse }},
	{"/memory/classes/metadata/mcache/inuse:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.MCacheInuse }},
	{"/memory/classes/metadata/mspan/free:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.MSpanSys - min(in.mem.MSpanInuse, in.mem.MSpanSys) }},
	{"/memory/classes/metadata/mspan/inuse:bytes", metricUint64, func(in *metricInput) uint64 { return min(in.mem.MSpanInuse, in.mem.MSpanSys) }},
	{"/memory/classes/metadata/other:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.GCSys }},
	{"/memory/classes/os-stacks:bytes", metricUint64, metricZero},
	{"/memory/classes/other:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.OtherSys }},
	{"/memory/classes/profiling/buckets:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.BuckHashSys }},
	{"/memory/classes/total:bytes", metricUint64, func(in *metricInput) uint64 { return in.mem.Sys }},
	{"/sched/gomaxprocs:threads", metricUint64, func(in *metricInput) uint64 { return uint64(gomaxprocs) }},
	{"/sched/goroutines-created:goroutines", metricUint64, func(in *metricInput) uint64 { return in.created }},
	{"/sched/goroutines/not-in-go:goroutines", metricUint64, func(in *metricInput) uint64 { return in.outside }},
	{"/sched/goroutines/runnable:goroutines", metricUint64, func(in *metricInput) uint64 { return in.runnable }},
	{"/sched/goroutines/running:goroutines", metricUint64, func(in *metricInput) uint64 { return in.running }},
	{"/sched/goroutines/waiting:goroutines", metricUint64, func(in *metricInput) uint64 {
		return in.total - min(in.total, in.running+in.runnable+in.outside)
	}},
	{"/sched/goroutines:goroutines", metricUint64, func(in *metricInput) uint64 { return in.total }},
	{"/sched/latencies:seconds", metricHistogram, nil},
	{"/sched/pauses/stopping/gc:seconds", metricHistogram, nil},
	{"/sched/pauses/stopping/other:seconds", metricHistogram, nil},
	{"/sched/pauses/total/gc:seconds", metricHistogram, nil},
	{"/sched/pauses/total/other:seconds", metricHistogram, nil},
	{"/sched/threads/total:threads", metricUint64, func(in *metricInput) uint64 { return uint64(mcount()) }},
	{"/sync/mutex/wait/total:seconds", metricFloat64, func(in *metricInput) uint64 { return uint64(sched.totalMutexWaitTime.Load()) }},
}

//go:linkname readMetrics runtime/metrics.runtime_readMetrics
func readMetrics(samplesp unsafe.Pointer, n int, _ int) {
	in := new(metricInput)
	samples := unsafe.Slice((*metricSample)(samplesp), n)
	semacquire(&metricSemaphore)
	in.read()
	for i := range samples {
		in.sample(&samples[i])
	}
	semrelease(&metricSemaphore)
}

// sample gives one sample its value; an unknown metric has none, and kind 0.
func (in *metricInput) sample(s *metricSample) {
	for i := range metricTable {
		m := &metricTable[i]
		if m.name != s.name {
			continue
		}
		switch m.kind {
		case metricHistogram:
			in.histogram(s)
			return
		case metricFloat64:
			seconds := float64(m.read(in)) / 1e9
			s.scalar = float64bits(seconds)
		default:
			s.scalar = m.read(in)
		}
		s.kind, s.pointer = m.kind, nil
		return
	}
	s.kind, s.scalar, s.pointer = 0, 0, nil
	for i := range metricSettings {
		if metricSettings[i].name == s.name {
			s.kind, s.scalar = metricUint64, metricSettings[i].read()
			return
		}
	}
	const prefix, suffix = "/godebug/non-default-behavior/", ":events"
	if n := len(s.name); n > len(prefix)+len(suffix) && s.name[:len(prefix)] == prefix && s.name[n-len(suffix):] == suffix {
		if info := godebugs.Lookup(s.name[len(prefix) : n-len(suffix)]); info != nil && !info.Opaque {
			s.kind = metricUint64
		}
	}
}

// histogram reuses the one that the sample has from an earlier reading.
func (in *metricInput) histogram(s *metricSample) {
	h := (*metricCounts)(s.pointer)
	if s.kind != metricHistogram || h == nil {
		h = new(metricCounts)
		s.kind, s.pointer = metricHistogram, unsafe.Pointer(h)
	}
	var from []uint64
	h.buckets = in.times()
	switch s.name {
	case "/gc/heap/allocs-by-size:bytes":
		h.buckets, from = in.classes(), in.nmalloc[1:]
	case "/gc/heap/frees-by-size:bytes":
		h.buckets, from = in.classes(), in.nfree[1:]
	case "/sched/latencies:seconds":
	default:
		from = in.pauses(s.name)
	}
	if len(h.counts) != len(h.buckets)-1 {
		h.counts = make([]uint64, len(h.buckets)-1)
	}
	clear(h.counts)
	copy(h.counts, from)
}

// pauses returns the counts of stops of the world behind a metric.
func (in *metricInput) pauses(name string) []uint64 {
	p := in.stops
	if p == nil {
		return nil
	}
	switch name {
	case "/sched/pauses/stopping/gc:seconds":
		return p.gcStop[:]
	case "/sched/pauses/stopping/other:seconds":
		return p.otherStop[:]
	case "/sched/pauses/total/other:seconds":
		return p.other[:]
	}
	return p.gc[:]
}

// classes returns the limits of size classes, in bytes.
func (in *metricInput) classes() []float64 {
	if in.classBuckets == nil {
		b := make([]float64, gc.NumSizeClasses+1)
		b[0] = 1
		for i := 1; i < gc.NumSizeClasses; i++ {
			b[i] = float64(gc.SizeClassToSize[i]) + 1
		}
		b[gc.NumSizeClasses] = inf
		in.classBuckets = b
	}
	return in.classBuckets
}

// times returns the powers of two of a ns between which stops of the world are counted, in seconds.
func (in *metricInput) times() []float64 {
	if in.timeBuckets == nil {
		b := make([]float64, len(pauseCounts{}.gc)+1)
		for i := 1; i < len(b)-1; i++ {
			b[i] = float64(uint64(1)<<(i-1)) / 1e9
		}
		b[len(b)-1] = inf
		in.timeBuckets = b
	}
	return in.timeBuckets
}

//go:linkname readMetricNames runtime/metrics_test.runtime_readMetricNames
func readMetricNames() []string {
	list := make([]string, 0, len(metricTable)+len(godebugs.All))
	for i := range metricTable {
		list = append(list, metricTable[i].name)
	}
	for i := range godebugs.All {
		if info := &godebugs.All[i]; !info.Opaque {
			list = append(list, "/godebug/non-default-behavior/"+info.Name+":events")
		}
	}
	return list
}
