// run

// time: formatting, parsing, arithmetic, durations, timers.
package main

import (
	"fmt"
	"time"
)

func main() {
	t := time.Date(2024, time.February, 29, 13, 4, 5, 678901234, time.UTC)
	for _, layout := range []string{time.ANSIC, time.RFC1123Z, time.RFC3339Nano, time.Kitchen, time.StampMicro,
		"2006-01-02 15:04:05.000 -07:00 MST", "Mon Jan _2 3PM '06", "002 __2 .999", time.DateTime} {
		fmt.Println(t.Format(layout))
	}
	fmt.Println(t, t.Unix(), t.UnixMilli(), t.Weekday(), t.YearDay(), t.IsZero(), time.Time{})
	y, w := t.ISOWeek()
	fmt.Println(y, w, t.AddDate(1, 1, 1), t.Add(36*time.Hour).Month(), t.Truncate(time.Hour).Minute())
	zone := time.FixedZone("XYZ", -5*3600-1800)
	fmt.Println(t.In(zone), t.In(zone).Equal(t), t.In(zone) == t)
	for _, s := range []string{"2021-12-31T23:59:59Z", "2021-12-31T23:59:59.5+02:00", "2021-13-01T00:00:00Z", "x"} {
		p, err := time.Parse(time.RFC3339, s)
		fmt.Println(p, err)
	}
	p, err := time.ParseInLocation("Jan 2 2006 15:04", "Mar 5 1999 07:08", zone)
	fmt.Println(p, err, p.Before(t), t.Sub(p), p.Compare(t))
	for _, s := range []string{"1h15m30.918273645s", "-1.5h", "300ms", "5", "1µs2ns"} {
		d, err := time.ParseDuration(s)
		fmt.Println(d, err, d.Seconds(), d.Round(time.Second), d.Truncate(time.Minute))
	}
	fmt.Println(time.Duration(0), time.Duration(1), 1500*time.Microsecond, time.Duration(1<<63-1))
	b, err := t.MarshalJSON()
	fmt.Println(string(b), err)
	start := time.Now()
	timer := time.NewTimer(time.Hour)
	fmt.Println(timer.Stop(), timer.Reset(time.Millisecond))
	<-timer.C
	select {
	case <-time.After(2 * time.Millisecond):
		fmt.Println("after", time.Since(start) >= 3*time.Millisecond)
	}
	tick := time.NewTicker(time.Millisecond)
	for range 3 {
		<-tick.C
	}
	tick.Stop()
	done := make(chan bool)
	time.AfterFunc(time.Millisecond, func() { close(done) })
	<-done
	fmt.Println("done")
}
