using System.Text.Json.Serialization;

namespace Accounts.Api.NewDevices;

[JsonSerializable(typeof(DisownableSessionResponse))]
internal sealed partial class NewDevicesJson : JsonSerializerContext;
