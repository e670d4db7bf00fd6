namespace Accounts.Api.Sessions;

/// <summary>Times that are told no closer than their reader needs them.</summary>
internal static class Hours
{
    public static DateTime ToTheHour(this DateTimeOffset at) => at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour);
}
