import { useCase } from '../../state/StoresContext.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

export function Overview() {
  const info = useCase((state) => state.info);
  if (info === null) return <p className="soft">Reading the first files …</p>;
  return (
    <h2>
      <Mark of={{ status: info.status }} word /> <SafeText text={info.message ?? ''} />
    </h2>
  );
}
