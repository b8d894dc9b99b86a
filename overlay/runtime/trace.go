// The execution tracer's places in the runtime. There is no tracer yet: traceAcquire always says that
// tracing is off, so the calls vanish when compiled.

package runtime

import _ "unsafe" // for go:linkname

type traceLocker struct{}

// State that the tracer keeps in g, m and p.
type (
	gTraceState struct{}
	mTraceState struct{}
	pTraceState struct{}
)

// A traceBlockReason says why a goroutine parks.
type traceBlockReason uint8

const (
	traceBlockGeneric traceBlockReason = iota
	traceBlockForever
	traceBlockNet
	traceBlockSelect
	traceBlockCondWait
	traceBlockSync
	traceBlockChanSend
	traceBlockChanRecv
	traceBlockSystemGoroutine
	traceBlockSleep
	traceBlockSynctest
)

// defaultTraceAdvancePeriod is a default of GODEBUG's traceadvanceperiod.
const defaultTraceAdvancePeriod = 1e9

//go:nosplit
func traceEnabled() bool { return false }

//go:nosplit
func traceAcquire() traceLocker { return traceLocker{} }

//go:nosplit
func traceRelease(traceLocker) {}

//go:nosplit
func (traceLocker) ok() bool { return false }

func (traceLocker) GoSwitch(next *g, exit bool) {}

//go:linkname traceAdvance
func traceAdvance(stopTrace bool) {}

//go:linkname traceClockNow
func traceClockNow() uint64 { return uint64(nanotime()) }

//go:linkname traceClockUnitsPerSecond runtime/trace.runtime_traceClockUnitsPerSecond
func traceClockUnitsPerSecond() uint64 { return 1e9 }

//go:linkname trace_userTaskCreate runtime/trace.userTaskCreate
func trace_userTaskCreate(id, parentID uint64, taskType string) {}

//go:linkname trace_userTaskEnd runtime/trace.userTaskEnd
func trace_userTaskEnd(id uint64) {}

//go:linkname trace_userRegion runtime/trace.userRegion
func trace_userRegion(id, mode uint64, name string) {}

//go:linkname trace_userLog runtime/trace.userLog
func trace_userLog(id uint64, category, message string) {}

// StartTrace enables tracing for the current process.
func StartTrace() error { return errorString("tracing is not supported") }

// StopTrace stops tracing, if it was previously enabled.
func StopTrace() {}

// ReadTrace returns the next chunk of binary tracing data, nil once tracing is off.
func ReadTrace() []byte { return nil }
