using System.Globalization;

namespace Accounts.Core.Texts;

/// <summary>Times, lists and names, as they are said in a language.</summary>
public sealed partial class Language
{
    /// <summary>Of a language that is written from right to left <c>rtl</c>, of others <c>ltr</c>.</summary>
    public string Direction => this["direction"] == "rtl" ? "rtl" : "ltr";

    /// <summary>A point of time to the minute, by UTC, which is not said.</summary>
    public string Moment(DateTimeOffset at) => Fill("moments.time", [.. Calendar(at.UtcDateTime), ("clock", at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture))]);

    public string Day(DateOnly day) => Fill("moments.day", Calendar(day.ToDateTime(TimeOnly.MinValue)));

    /// <summary>In the largest unit that says it whole; a day is 24 hours.</summary>
    public string Duration(TimeSpan time) => time switch
    {
        _ when time >= TimeSpan.FromDays(2) && time.Ticks % TimeSpan.TicksPerDay == 0 => Count("units.days", time.Ticks / TimeSpan.TicksPerDay),
        _ when time >= TimeSpan.FromHours(1) && time.Ticks % TimeSpan.TicksPerHour == 0 => Count("units.hours", time.Ticks / TimeSpan.TicksPerHour),
        _ => Count("units.minutes", (long)Math.Ceiling(time.TotalMinutes)),
    };

    /// <summary>Those among our own words in this language, the others as they are.</summary>
    public string List(IEnumerable<string> items) => string.Join(this["lists.separator"], items.Select(Named));

    /// <summary>What has an English name of ours; others' names are the same in every language.</summary>
    public string Named(string english) => Find($"named.{english}") ?? english;

    public string Device(DeviceName device) => (device.Browser, device.System) switch
    {
        (null, null) => this["devices.unknown"],
        (null, { } system) => Named(system),
        ({ } program, null) => Named(program),
        ({ } program, { } system) => Fill("devices.on", ("program", Named(program)), ("system", Named(system))),
    };

    private (string Name, string Value)[] Calendar(DateTime day) =>
    [
        ("day", day.Day.ToString(CultureInfo.InvariantCulture)),
        ("month", this[$"moments.months.{day.Month.ToString(CultureInfo.InvariantCulture)}"]),
        ("year", day.Year.ToString("D4", CultureInfo.InvariantCulture)),
    ];
}
