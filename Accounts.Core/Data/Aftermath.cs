using Microsoft.Extensions.Logging;

namespace Accounts.Core.Data;

/// <summary>What follows a commit. The act is done, and whoever asked for it must hear so, whatever becomes of this.</summary>
public sealed partial class Aftermath(ILogger<Aftermath> log)
{
    public async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    public void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e)
        {
            LogFailed(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "An act is done, and what should have followed it is not: {Reason}")]
    private partial void LogFailed(string reason);
}
