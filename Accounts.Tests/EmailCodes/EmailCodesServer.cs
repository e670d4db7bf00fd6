using Accounts.Tests.Social;
using Accounts.Tests.Support;

namespace Accounts.Tests.EmailCodes;

/// <summary>A server where people may sign in by mail, with all providers.</summary>
public class EmailCodesServer : SocialServer
{
    public EmailCodesServer(Postgres postgres)
        : this(postgres, [])
    {
    }

    protected EmailCodesServer(Postgres postgres, params (string Key, string Value)[] settings)
        : base(postgres, [("Accounts:EmailCodes:Enabled", "true"), .. settings])
    {
    }
}
